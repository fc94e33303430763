/** SQL statements, sessions and transactions, independent of models, fixture formats and files. */
package org.aerpaw.portal.backup.postgres;

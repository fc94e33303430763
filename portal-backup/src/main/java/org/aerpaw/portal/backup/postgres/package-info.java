/** Statements and transactions on the portal's database. Knows no model, no format and no files. */
package org.aerpaw.portal.backup.postgres;

/** What a database must be and allow for dumps and loads, checked before they start. */
package org.aerpaw.portal.backup.postgres.checks;

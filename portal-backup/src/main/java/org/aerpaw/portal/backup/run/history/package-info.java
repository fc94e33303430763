/** The history of runs: in a table, or in files where the database cannot be written. */
package org.aerpaw.portal.backup.run.history;

/**
 * Dumps one snapshot of the database to a set of files.
 *
 * <p>This package knows only the order of the steps. Other packages convert rows, write JSON and
 * publish sets.
 */
package org.aerpaw.portal.backup.dump;

/**
 * Compares two backup sets, or a set with the database: which objects were added, removed and
 * changed.
 *
 * <p>Both sides are read in the order of their primary keys and merged, so memory use does not
 * depend on the data. Nothing is written.
 */
package org.aerpaw.portal.backup.diff;

/**
 * Selects single objects and what goes with them, for loads and dumps.
 *
 * <p>A search knows keys, references and ownership. Where the objects come from is known by an
 * {@link org.aerpaw.portal.backup.selection.ObjectSource}: the files of a load, or the rows of a
 * database.
 */
package org.aerpaw.portal.backup.selection;

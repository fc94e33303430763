/**
 * Sets on disk: the dump directory, the files and the manifest of a set, and how a set is written
 * and then published completely or not at all.
 *
 * <p>Knows neither models nor the database.
 */
package org.aerpaw.portal.backup.catalog;

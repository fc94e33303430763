/**
 * Sets on the disk: the folder of dumps, what a set holds, its manifest, how one is made and
 * published whole or not at all.
 *
 * <p>Knows neither models nor the database.
 */
package org.aerpaw.portal.backup.catalog;

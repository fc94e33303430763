/**
 * Loads fixtures into the database, in one transaction.
 *
 * <p>{@link org.aerpaw.portal.backup.load.LoadPipeline} executes the stages. Before any row is
 * read, {@link org.aerpaw.portal.backup.load.Inspection} chooses a strategy for each table. {@link
 * org.aerpaw.portal.backup.load.LoadPass} reads the files once and writes the objects to the
 * tables; if a fast strategy cannot continue, a second pass stages all tables.
 */
package org.aerpaw.portal.backup.load;

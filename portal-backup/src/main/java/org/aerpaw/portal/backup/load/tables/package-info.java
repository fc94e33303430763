/**
 * The tables of the database that a load changes: locks, foreign keys, sequences, and what
 * PostgreSQL knows of them.
 */
package org.aerpaw.portal.backup.load.tables;

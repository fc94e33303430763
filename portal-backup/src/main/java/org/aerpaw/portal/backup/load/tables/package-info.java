/** Locks, foreign keys, sequences and properties of the tables that a load writes. */
package org.aerpaw.portal.backup.load.tables;

/**
 * Staged objects: temporary tables, checks against each other and the database, and the set-based
 * statements that bring them into the tables.
 */
package org.aerpaw.portal.backup.load.staging;

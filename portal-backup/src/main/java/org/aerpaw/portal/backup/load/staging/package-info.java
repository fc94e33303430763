/**
 * Staging tables, and the set-based SQL that checks staged objects and writes them to the tables.
 */
package org.aerpaw.portal.backup.load.staging;

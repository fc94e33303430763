/**
 * One class for each column type: PostgreSQL binary format to Java value to JSON value and back.
 */
package org.aerpaw.portal.backup.model.column;

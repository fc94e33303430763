/** Converts fixture objects to the values of columns. */
package org.aerpaw.portal.backup.rows.conversion;

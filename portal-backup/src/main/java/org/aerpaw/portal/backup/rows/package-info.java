/** Reads rows as fixture objects and compares fixture objects with stored rows. */
package org.aerpaw.portal.backup.rows;

/**
 * Fixture files to the database, in one transaction.
 *
 * <p>Files are parsed and converted into staging tables; what would change is planned set by set,
 * checked, and only then written. How text becomes an object and which column a field has is known
 * elsewhere.
 */
package org.aerpaw.portal.backup.load;

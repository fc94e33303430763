/** Creates the tables in an empty database, or takes over the tables of a Django portal. */
package org.aerpaw.portal.backup.schema;

/** Creates the portal's tables in an empty database, or uses those of a Django portal. */
package org.aerpaw.portal.backup.schema;

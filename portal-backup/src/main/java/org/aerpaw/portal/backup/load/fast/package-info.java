/**
 * The strategies for loading objects into tables: COPY into empty tables, COMPARE with existing
 * rows, and STAGE, which is implemented in {@link org.aerpaw.portal.backup.load.staging}.
 */
package org.aerpaw.portal.backup.load.fast;

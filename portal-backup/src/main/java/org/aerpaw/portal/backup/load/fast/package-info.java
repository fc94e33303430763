/**
 * The strategies by which objects get into tables: COPY into empty tables, COMPARE with the rows,
 * and STAGE, which leaves everything to {@link org.aerpaw.portal.backup.load.staging}.
 */
package org.aerpaw.portal.backup.load.fast;

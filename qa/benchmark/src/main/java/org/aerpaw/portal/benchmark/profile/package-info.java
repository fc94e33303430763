/**
 * Shows where a dump and a load spend their time: the slowest statements of PostgreSQL and the
 * methods in a flight recording of the server.
 *
 * <p>Its steps replace those that measure, since counting and recording take time.
 */
package org.aerpaw.portal.benchmark.profile;

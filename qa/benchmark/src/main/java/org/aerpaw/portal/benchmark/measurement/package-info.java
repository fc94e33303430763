/**
 * What was measured: durations and memory, by series and number of objects.
 *
 * <p>Knows neither how it was measured nor who reads it; depends on no other package.
 */
package org.aerpaw.portal.benchmark.measurement;

/**
 * The steps of a measurement, in the order of a plan. They fill a database, dump and load it by the
 * portal, PostgreSQL's tools and Django in turn, verify each result, and add the durations to the
 * measurements.
 */
package org.aerpaw.portal.benchmark.steps;

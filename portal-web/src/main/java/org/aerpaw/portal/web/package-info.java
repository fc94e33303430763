/**
 * The REST API: resources, responses, health.
 *
 * <p>It translates requests to calls of the engine and results to JSON. Names in requests are
 * compared with existing names and never used as a path.
 */
package org.aerpaw.portal.web;

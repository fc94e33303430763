/**
 * Records for the responses of the portal's REST API. Only the members that a command uses are
 * mapped; all others are ignored.
 */
package org.aerpaw.portal.cli.api;

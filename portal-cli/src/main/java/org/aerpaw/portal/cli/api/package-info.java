/**
 * The portal's REST API as the commands use it: an HTTP client, and records for its requests and
 * answers. Only the members that a command uses are mapped; all others are ignored.
 */
package org.aerpaw.portal.cli.api;

/**
 * The HTTP client of the portal's REST API, what its failures tell the user, and their exit
 * statuses.
 */
package org.aerpaw.portal.cli.client;

/** What the commands send to the server. */
package org.aerpaw.portal.cli.api.request;

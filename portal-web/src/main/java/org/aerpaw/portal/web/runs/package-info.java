/** Dumps, loads and verifications over HTTP, their events, and the schedule. */
package org.aerpaw.portal.web.runs;

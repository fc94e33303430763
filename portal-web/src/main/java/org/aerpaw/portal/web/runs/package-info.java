/** Dumps, loads, verifications and diffs over HTTP, their events, and the schedule. */
package org.aerpaw.portal.web.runs;

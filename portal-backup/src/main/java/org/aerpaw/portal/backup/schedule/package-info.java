/**
 * Dumps that start automatically: the crontab expression, what all servers on a database know of
 * it, and the decision what to do at a moment.
 */
package org.aerpaw.portal.backup.schedule;

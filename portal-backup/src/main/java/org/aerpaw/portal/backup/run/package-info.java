/**
 * What runs and what ran: one dump, load or verification at a time over all instances on one
 * database, its progress, its outcome, the history.
 *
 * <p>Knows nothing of what a run does.
 */
package org.aerpaw.portal.backup.run;

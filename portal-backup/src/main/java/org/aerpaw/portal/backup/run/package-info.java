/**
 * Runs: the long-running operations of the portal, with their progress, result and history. Of each
 * group, one run at a time on a database, whichever server it runs on.
 *
 * <p>This package does not know what a run does.
 */
package org.aerpaw.portal.backup.run;

/**
 * Runs: one dump, load, verification or diff at a time on a database, whichever server it runs on,
 * with progress, result and history.
 *
 * <p>This package does not know what a run does.
 */
package org.aerpaw.portal.backup.run;

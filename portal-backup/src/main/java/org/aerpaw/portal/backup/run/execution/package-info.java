/** Executes runs: one at a time, watched, and cancelled if necessary. */
package org.aerpaw.portal.backup.run.execution;

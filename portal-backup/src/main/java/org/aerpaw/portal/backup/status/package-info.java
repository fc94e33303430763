/** Collects the state of the backups and evaluates it as a health report. */
package org.aerpaw.portal.backup.status;

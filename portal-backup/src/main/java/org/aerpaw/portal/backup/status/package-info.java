/** The state of the backups at a glance: facts, and their judgement as a health report. */
package org.aerpaw.portal.backup.status;

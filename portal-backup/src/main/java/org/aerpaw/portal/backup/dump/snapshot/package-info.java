/** One state of the database, read by two connections at the same time. */
package org.aerpaw.portal.backup.dump.snapshot;

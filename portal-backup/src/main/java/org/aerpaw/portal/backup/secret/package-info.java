/** Secrets of an installation, which are in files that only their owner can read. */
package org.aerpaw.portal.backup.secret;

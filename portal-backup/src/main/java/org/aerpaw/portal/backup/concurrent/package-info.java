/** Runs work in the background. */
package org.aerpaw.portal.backup.concurrent;

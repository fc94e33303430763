/**
 * Sets that are uploaded as zip archives: what is refused, and how the rest becomes a set.
 *
 * <p>An archive is hostile until proven otherwise. Nothing of it is visible before all is checked.
 */
package org.aerpaw.portal.backup.upload;

/** Background tasks, whatever their work is. */
package org.aerpaw.portal.backup.concurrent;

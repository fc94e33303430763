/** Work that another thread may do meanwhile. Knows nothing of what the work is. */
package org.aerpaw.portal.backup.concurrent;

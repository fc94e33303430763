/** Small values that the servers on a database share. */
package org.aerpaw.portal.backup.state;

/** Open Liberty. */
package org.aerpaw.portal.servers.openliberty;

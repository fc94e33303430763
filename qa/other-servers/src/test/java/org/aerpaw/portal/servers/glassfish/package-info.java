/** GlassFish. */
package org.aerpaw.portal.servers.glassfish;

/** WildFly. */
package org.aerpaw.portal.servers.wildfly;

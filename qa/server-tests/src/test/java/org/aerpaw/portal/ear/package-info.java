/** The EAR on Payara Server, held to the same contracts as the WAR on Payara Micro. */
package org.aerpaw.portal.ear;

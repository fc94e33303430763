/**
 * The portal on application servers other than Payara: one smoke test, and one package for each
 * server.
 */
package org.aerpaw.portal.servers;

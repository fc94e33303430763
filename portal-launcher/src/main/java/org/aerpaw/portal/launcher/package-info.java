/**
 * The portal as one command: an embedded PostgreSQL and Payara Micro with the portal in it.
 *
 * <p>Starts, watches and stops processes and reports errors to the operator. It knows only the
 * settings, the output and the health of the portal.
 */
package org.aerpaw.portal.launcher;

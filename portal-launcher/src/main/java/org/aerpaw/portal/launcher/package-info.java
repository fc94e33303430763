/**
 * The portal as one command: an embedded PostgreSQL and Payara Micro with the portal in it.
 *
 * <p>Starts, watches and stops processes, and says in an operator's words what became of them.
 * Knows the portal only from outside: by its settings, its output and its health.
 */
package org.aerpaw.portal.launcher;

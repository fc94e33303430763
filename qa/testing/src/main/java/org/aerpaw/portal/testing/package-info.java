/**
 * A real PostgreSQL for tests: one server for all tests of a JVM, a database of its own for every
 * test that asks, and other servers for tests of servers.
 *
 * <p>Knows nothing of the portal. No mocks and no stand-in databases live here.
 */
package org.aerpaw.portal.testing;

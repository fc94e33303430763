/**
 * Runs programs, and stops and deletes at the end what was started and written.
 *
 * <p>Depends on no other package.
 */
package org.aerpaw.portal.benchmark.process;

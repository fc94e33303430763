/**
 * The command line {@code portal}: parses arguments with picocli, calls the server's REST API and
 * prints the results.
 *
 * <p>A command starts a JVM of its own, so the time to start counts. Options are declared with
 * picocli's programmatic API, because reading annotations takes longer, and only the command that
 * was called is declared.
 */
package org.aerpaw.portal.cli;

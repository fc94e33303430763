package org.aerpaw.portal.cli;

import java.io.PrintStream;
import org.aerpaw.portal.cli.api.CommandFailedException;
import org.aerpaw.portal.cli.api.PortalClient;

/**
 * What a command runs with.
 *
 * @param terminal whether standard output is a terminal
 * @param client connects to the portal
 */
record Session(PrintStream out, PrintStream err, boolean terminal, ClientSource client) {

  @FunctionalInterface
  interface ClientSource {
    PortalClient get() throws CommandFailedException;
  }

  PortalClient portal() throws CommandFailedException {
    return client.get();
  }
}

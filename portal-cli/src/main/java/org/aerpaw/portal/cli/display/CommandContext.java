package org.aerpaw.portal.cli.display;

import java.io.PrintStream;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.PortalClient;

/**
 * What a command runs with.
 *
 * @param terminal whether standard output is a terminal
 * @param client connects to the portal
 */
public record CommandContext(
    PrintStream out, PrintStream err, boolean terminal, ClientSource client) {

  @FunctionalInterface
  public interface ClientSource {
    PortalClient get() throws CommandFailedException;
  }

  public PortalClient portal() throws CommandFailedException {
    return client.get();
  }
}

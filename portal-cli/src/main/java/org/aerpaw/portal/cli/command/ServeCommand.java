package org.aerpaw.portal.cli.command;

import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.aerpaw.portal.cli.display.CommandContext;
import org.aerpaw.portal.launcher.Launcher;
import org.aerpaw.portal.launcher.ServeOptions;
import org.aerpaw.portal.launcher.ServerEndedException;
import org.aerpaw.portal.launcher.StartFailedException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal serve}: runs the server until it is stopped. */
public final class ServeCommand implements Command {

  private static final String LOAD_FIXTURES = "--load-fixtures";
  private static final String PORT = "--port";
  private static final String ADDRESS = "--address";

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "serve",
            "./portal serve --load-fixtures\n./portal serve --port 9090",
            "Build the portal if needed, and run the server until Ctrl-C.",
            "",
            "The database is the one that POSTGRES_HOST, _PORT, _DB, _USER and _PASSWORD name."
                + " Without POSTGRES_HOST, an embedded PostgreSQL is started, with its data in"
                + " ./db_data. PORTAL_JAVA_OPTS holds options for the server's JVM, such as"
                + " -Xmx512m.",
            "",
            "Exit status: 130 ended by Ctrl-C, 1 the start failed or the server stopped"
                + " unexpectedly, 2 wrong usage.")
        .addOption(
            OptionSpec.builder(LOAD_FIXTURES)
                .paramLabel("VALUE")
                .arity("0..1")
                .fallbackValue("true")
                .type(String.class)
                .description(
                    "Load the fixtures at this start. VALUE is true (default), once (unless exactly"
                        + " these files were loaded before) or false.")
                .build())
        .addOption(Specs.option(PORT, "N", "Serve on this port instead of 8080.").build())
        .addOption(
            Specs.option(ADDRESS, "A", "Serve on this address instead of 127.0.0.1.").build());
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    var options =
        new ServeOptions(
            Optional.ofNullable(arguments.matchedOptionValue(LOAD_FIXTURES, null)),
            arguments.matchedOptionValue(ADDRESS, "127.0.0.1"),
            port(arguments));
    try {
      Launcher.serve(options);
    } catch (StartFailedException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED, List.of("Startup failed:", e.getMessage()));
    } catch (ServerEndedException e) {
      throw new CommandFailedException(ExitStatus.FAILED, e.getMessage());
    } catch (InterruptedException e) {
      throw new CommandFailedException(ExitStatus.FAILED, "Interrupted.");
    }
  }

  private static int port(ParseResult arguments) {
    String value = arguments.matchedOptionValue(PORT, "8080");
    if (value.matches("\\d{1,5}")) {
      int port = Integer.parseInt(value);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    throw Specs.invalid(arguments, PORT, "a number from 1 to 65535", value);
  }
}

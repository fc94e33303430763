package org.aerpaw.portal.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.cli.api.Health;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.display.CommandContext;
import org.aerpaw.portal.cli.display.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal status}: says in one line whether the backups are healthy. */
public final class StatusCommand implements Command {

  private static final String JSON = "--json";

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "status",
            "./portal status",
            "Say in one line whether the backups are healthy.",
            "",
            "Needs no admin token. Can be used as a Nagios-compatible plugin.",
            "",
            "Exit status: 0 ok, 1 warning, 2 critical or wrong usage, 3 unknown (for example, no"
                + " server is reachable).")
        .addOption(Specs.flag(JSON, "Print the server's response as JSON."));
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    Health health;
    try {
      PortalClient portal = context.portal();
      String answer = portal.health();
      health = portal.parse(answer, Health.class);
      context.out().println(Specs.has(arguments, JSON) ? answer : line(health, Instant.now()));
    } catch (CommandFailedException e) {
      context.out().println("unknown: " + String.join(" ", e.lines()));
      throw new CommandFailedException(ExitStatus.UNKNOWN, List.of());
    }
    if (!health.status().equals("pass")) {
      throw new CommandFailedException(
          health.status().equals("warn") ? ExitStatus.WARNING : ExitStatus.CRITICAL, List.of());
    }
  }

  /** The problems, which also say what is missing, and the times. */
  private static String line(Health health, Instant now) {
    boolean ok = health.status().equals("pass");
    List<String> times = new ArrayList<>();
    if (health.lastBackup() != null) {
      times.add("last backup " + ago(health.lastBackup(), now));
    }
    if (health.lastVerified() != null) {
      times.add("verified " + ago(health.lastVerified(), now));
    } else if (ok) {
      times.add("no verification has passed");
    }
    if (health.lastCopy() != null) {
      times.add("copied " + ago(health.lastCopy(), now));
    }
    if (health.nextBackup() != null) {
      times.add("next " + health.nextBackup());
    } else if (ok) {
      times.add("no next dump known");
    }
    String known = String.join(", ", times);
    if (ok) {
      return "ok: " + known;
    }
    String state = health.status().equals("warn") ? "warning: " : "critical: ";
    return state + health.output() + (known.isEmpty() ? "" : "; " + known);
  }

  private static String ago(String time, Instant now) {
    return Format.age(Duration.between(Instant.parse(time), now)) + " ago";
  }
}

package org.aerpaw.portal.cli.command.sets;

import org.aerpaw.portal.cli.api.SetEntry;
import org.aerpaw.portal.cli.api.request.PinRequest;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.command.Command;
import org.aerpaw.portal.cli.command.Specs;
import org.aerpaw.portal.cli.display.CommandContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal pin}: protects a backup set from deletion. */
public final class PinCommand implements Command {

  private static final String REASON = "--reason";

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "pin",
            "./portal pin latest --reason 'before the upgrade'",
            "Protect a backup set from deletion.",
            "",
            "The retention rules never delete a pinned set, however old it is. ./portal unpin ends"
                + " this protection.",
            "",
            Specs.exitStatus("0 done, 1 refused or failed"))
        .addPositional(Specs.name("SET", "A backup set; latest is the newest complete one."))
        .addOption(Specs.option(REASON, "TEXT", "Why the set is pinned.").required(true).build());
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    SetEntry set =
        context
            .portal()
            .send(
                "POST",
                path(arguments),
                new PinRequest(arguments.matchedOptionValue(REASON, "")),
                SetEntry.class);
    context.out().println("set " + set.id() + " is pinned: " + set.pinned().reason());
  }

  /** The address of the pin of the set. */
  public static String path(ParseResult arguments) {
    return "api/sets/" + PortalClient.segment(arguments.matchedPositionalValue(0, "")) + "/pin";
  }
}

package org.aerpaw.portal.cli.command.sets;

import org.aerpaw.portal.cli.api.SetEntry;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.command.Command;
import org.aerpaw.portal.cli.command.Specs;
import org.aerpaw.portal.cli.display.CommandContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal unpin}: allows a backup set to be deleted by the retention rules again. */
public final class UnpinCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "unpin",
            "./portal unpin 20261122T093000.123Z",
            "Allow a backup set to be deleted by the retention rules again.",
            "",
            Specs.exitStatus("0 done, 1 refused or failed"))
        .addPositional(Specs.name("SET", "A backup set; latest is the newest complete one."));
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    SetEntry set =
        context.portal().send("DELETE", PinCommand.path(arguments), null, SetEntry.class);
    context
        .out()
        .println(
            "set "
                + set.id()
                + " is no longer pinned; "
                + (set.kept().isEmpty()
                    ? "the next dump or replacing load deletes it"
                    : "these rules keep it: " + String.join(", ", set.kept())));
  }
}

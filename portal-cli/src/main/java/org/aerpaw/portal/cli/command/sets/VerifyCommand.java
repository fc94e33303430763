package org.aerpaw.portal.cli.command.sets;

import java.util.List;
import org.aerpaw.portal.cli.api.Run;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.command.Command;
import org.aerpaw.portal.cli.command.Specs;
import org.aerpaw.portal.cli.display.CommandContext;
import org.aerpaw.portal.cli.display.Format;
import org.aerpaw.portal.cli.display.RunFollower;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal verify}: makes a trial restore of a backup set. */
public final class VerifyCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "verify",
            "./portal verify\n./portal verify 20261122T093000.123Z",
            "Check a backup set by a trial restore.",
            "",
            "Restores the set into scratch tables, dumps those and compares the bytes. For an"
                + " encrypted set, only the hashes of the files are compared. The portal's data is"
                + " not changed.",
            "",
            Specs.exitStatus("0 passed, 1 failed or refused (the reasons are on standard error)"))
        .addPositional(
            Specs.optionalName("SET", "A backup set. Default: latest, the newest complete one."));
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    String set = arguments.matchedPositionalValue(0, "latest");
    String path = "api/sets/" + PortalClient.segment(set) + "/verify";
    Run.Report report = RunFollower.execute(path, context.portal(), context).report();
    List<String> warnings = report.warnings();
    warnings.forEach(context.out()::println);
    context
        .out()
        .println(
            "set "
                + report.set()
                + " passed: "
                + (report.objects() == null
                    ? "encrypted"
                    : Format.count(report.objects(), "object"))
                + ", "
                + Format.count(report.files().size(), "file")
                + ", "
                + Format.seconds(report.seconds()));
  }
}

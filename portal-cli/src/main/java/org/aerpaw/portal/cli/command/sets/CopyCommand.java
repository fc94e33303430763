package org.aerpaw.portal.cli.command.sets;

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

/** {@code portal copy}: copies a backup set to the store. */
public final class CopyCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "copy",
            "./portal copy latest",
            "Copy a backup set to the store.",
            "",
            "The server copies new sets automatically; this copies one now. Files that the store has"
                + " are skipped, so an interrupted copy continues where it stopped. The store is the"
                + " one that PORTAL_STORE names when the server starts.",
            "",
            Specs.exitStatus("0 copied, 1 refused or failed"))
        .addPositional(Specs.name("SET", "A backup set; latest is the newest complete one."));
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    String set = arguments.matchedPositionalValue(0, "");
    String path = "api/sets/" + PortalClient.segment(set) + "/copies";
    Run.Report report = RunFollower.execute(path, context.portal(), context).report();
    report.warnings().forEach(context.out()::println);
    long before =
        report.files().stream().filter(file -> Boolean.TRUE.equals(file.present())).count();
    context
        .out()
        .println(
            "copied set "
                + report.set()
                + ": "
                + Format.count(report.files().size(), "file")
                + (before == 0 ? ", " : " (" + before + " already in the store), ")
                + Format.bytes(report.bytes())
                + ", "
                + Format.seconds(report.seconds()));
  }
}

package org.aerpaw.portal.cli.command.sets;

import org.aerpaw.portal.cli.api.RetentionReport;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.aerpaw.portal.cli.command.Command;
import org.aerpaw.portal.cli.command.Specs;
import org.aerpaw.portal.cli.display.CommandContext;
import org.aerpaw.portal.cli.display.Table;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal prune}: deletes the backup sets that no rule keeps. */
public final class PruneCommand implements Command {

  private static final String DRY_RUN = "--dry-run";
  private static final String PATH = "api/retention";

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "prune",
            "./portal prune --dry-run",
            "Delete the backup sets that no rule keeps.",
            "",
            "Also prints why each remaining set is kept. Every dump and every replacing load that"
                + " succeeds applies the same rules.",
            "",
            "Exit status: 0 done, 1 refused, or a set cannot be deleted, 2 wrong usage, 3 no server"
                + " is reachable.")
        .addOption(Specs.flag(DRY_RUN, "Only print what would be deleted."));
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    boolean dryRun = Specs.has(arguments, DRY_RUN);
    RetentionReport report =
        context.portal().send(dryRun ? "GET" : "POST", PATH, null, RetentionReport.class);
    var table = new Table("SET", "");
    for (RetentionReport.Entry entry : report.sets()) {
      String deleted = dryRun ? "would be deleted" : "deleted";
      table.add(
          entry.set(), entry.kept() ? "kept: " + String.join(", ", entry.reasons()) : deleted);
    }
    if (report.sets().isEmpty()) {
      context.out().println("There are no backup sets.");
    } else {
      table.print(context.out());
    }
    if (!report.warnings().isEmpty()) {
      throw new CommandFailedException(ExitStatus.FAILED, report.warnings());
    }
  }
}

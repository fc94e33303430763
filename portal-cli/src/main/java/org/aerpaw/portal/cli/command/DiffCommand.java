package org.aerpaw.portal.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.aerpaw.portal.cli.api.DiffReport;
import org.aerpaw.portal.cli.api.Run;
import org.aerpaw.portal.cli.api.request.DiffRequest;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.aerpaw.portal.cli.client.IdentityFile;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.display.CommandContext;
import org.aerpaw.portal.cli.display.DiffDisplay;
import org.aerpaw.portal.cli.display.RunFollower;
import org.aerpaw.portal.cli.display.StatusLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal diff}: compares two backup sets, or a set with the database. */
public final class DiffCommand implements Command {

  private static final String DATABASE = "database";
  private static final String FIELDS = "--fields";
  private static final String VALUES = "--values";
  private static final String EXIT_CODE = "--exit-code";
  private static final String JSON = "--json";

  /** Matches a set, {@code latest} or {@code database}; no app has such a name. */
  private static final Pattern SET_OR_DATABASE = Pattern.compile("latest|" + DATABASE + "|\\d.*");

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "diff",
            """
            ./portal diff latest
            ./portal diff 20261122T093000.123Z latest users --fields
            ./portal diff latest database projects.aerpawproject --values""",
            "Compare two backup sets, or a set with the database.",
            "",
            "Prints how many objects of each model were added, removed or changed since SET, how"
                + " many are equal, and the first hundred that differ. Models that one side does"
                + " not have are listed and not compared. Nothing is changed.",
            "",
            Specs.exitStatus(
                    "0 compared, 1 the server refused or failed, or with --exit-code there are"
                        + " differences")
                + " With --exit-code, 1 and a report on standard output mean differences; 1 and"
                + " only messages on standard error mean a failure.")
        .addPositional(Specs.name("SET", "A backup set; latest is the newest complete one."))
        .addPositional(
            Specs.moreNames(
                "SET2|database|LABEL",
                "First, if given, what to compare with: a set, latest or database (default). Then"
                    + " the apps and models to compare, such as users or projects.aerpawproject"
                    + " (default: all)."))
        .addOption(Specs.flag(FIELDS, "Name the fields that were changed."))
        .addOption(
            Specs.flag(
                VALUES,
                "Print the old and new values of changed fields, except passwords,"
                    + " tokens and credentials."))
        .addOption(IdentityFile.option("diff"))
        .addOption(Specs.flag(EXIT_CODE, "End with exit status 1 if there are differences."))
        .addOption(Specs.flag(JSON, "Print the server's response as JSON."));
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    PortalClient portal = context.portal();
    Run run = portal.start("api/diffs", request(arguments));
    try (var line = new StatusLine(context)) {
      run = RunFollower.follow(run, portal, context, line::show);
    }
    String json = portal.report(run.id());
    DiffReport report = portal.parse(json, DiffReport.class);
    if (Specs.has(arguments, JSON)) {
      context.out().println(json);
    } else {
      new DiffDisplay(report, context.out())
          .print(Specs.has(arguments, FIELDS) || Specs.has(arguments, VALUES));
    }
    if (Specs.has(arguments, EXIT_CODE) && report.different() > 0) {
      throw new CommandFailedException(ExitStatus.FAILED, List.of());
    }
  }

  private static DiffRequest request(ParseResult arguments) throws CommandFailedException {
    List<String> labels = new ArrayList<>(arguments.matchedPositionalValue(1, List.of()));
    boolean namesSide = !labels.isEmpty() && SET_OR_DATABASE.matcher(labels.get(0)).matches();
    String to = namesSide ? labels.remove(0) : DATABASE;
    return new DiffRequest(
        arguments.matchedPositionalValue(0, ""),
        to,
        labels,
        Specs.has(arguments, VALUES),
        IdentityFile.keys(arguments));
  }
}

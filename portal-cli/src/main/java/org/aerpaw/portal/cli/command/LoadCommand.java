package org.aerpaw.portal.cli.command;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.cli.api.Run;
import org.aerpaw.portal.cli.api.request.LoadRequest;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.IdentityFile;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.display.CommandContext;
import org.aerpaw.portal.cli.display.Format;
import org.aerpaw.portal.cli.display.RunFollower;
import org.aerpaw.portal.cli.display.SelectionList;
import org.aerpaw.portal.cli.display.StatusLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code portal load}: loads fixture files. */
public final class LoadCommand implements Command {

  private static final String FROM = "--from";
  private static final String MODE = "--mode";
  private static final String DRY_RUN = "--dry-run";
  private static final String IGNORE_NONEXISTENT = "--ignore-nonexistent";
  private static final String IGNORE_MANIFEST = "--ignore-manifest";
  private static final String RENAME = "--rename";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "load",
            """
            ./portal load --from dumpdata --dry-run
            ./portal load users profiles --from 20261122T093000.123Z
            ./portal load --from dumpdata --mode replace
            ./portal load --from latest --objects users.aerpawuser:7 --with owned
            ./portal load --from latest --identity key.txt""",
            "Restore a backup set, or load fixture files, in one transaction.",
            "",
            "Without a name, all files are loaded. A name may omit its extensions: users stands"
                + " for users.json.gz. If anything fails, or if you press"
                + " Ctrl-C before the commit, nothing is changed.",
            "",
            Specs.exitStatus("0 done, 1 refused or failed"));
    spec.addPositional(Specs.names("FIXTURE", "Names of fixture files."))
        .addOption(
            Specs.option(
                    FROM,
                    "fixtures|dumpdata|latest|SET",
                    "fixtures (the portal's own fixtures, default), latest (the newest complete"
                        + " set), dumpdata (all fixture files at the top of the dump directory:"
                        + " normally the links to that set) or the name of a backup set.")
                .completionCandidates(List.of("fixtures", "dumpdata", "latest"))
                .build())
        .addOption(
            Specs.choice(
                MODE,
                List.of("merge", "insert", "replace"),
                "merge creates and updates rows (default). insert fails if a row exists. replace"
                    + " also deletes those rows of the loaded models that no file contains; a"
                    + " safety backup of the whole database is made first and its name is"
                    + " printed."))
        .addOption(
            Specs.flag(
                DRY_RUN,
                "Report what the load would do, and change nothing. Until it ends, others cannot"
                    + " write to the loaded tables or to tables that these refer to. If the files"
                    + " hold 1 MiB or more, others also cannot read those loaded tables that are"
                    + " empty, or the tables that those refer to."))
        .addOption(IdentityFile.option("load"))
        .addOption(
            Specs.flag(
                IGNORE_NONEXISTENT,
                "Skip objects of unknown models and values of unknown fields, and count them."))
        .addOption(
            Specs.flag(IGNORE_MANIFEST, "Load files that differ from the manifest of their set."))
        .addOption(
            Specs.option(
                    RENAME,
                    "OLD=NEW",
                    "Load files with old names: app.old=app.new for a model,"
                        + " app.model.old=app.model.new for a field; may be repeated.")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build());
    return ObjectOptions.addTo(spec, "what they refer to, if the database lacks it");
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    String mode = Specs.choice(arguments, MODE);
    ObjectOptions.refuse(arguments, MODE + " replace", mode.equals("replace"));
    var request =
        new LoadRequest(
            arguments.matchedOptionValue(FROM, "fixtures"),
            arguments.matchedPositionalValue(0, List.of()),
            mode,
            Specs.has(arguments, DRY_RUN),
            Specs.has(arguments, IGNORE_NONEXISTENT),
            Specs.has(arguments, IGNORE_MANIFEST),
            ObjectOptions.objects(arguments),
            ObjectOptions.with(arguments),
            ObjectOptions.limit(arguments),
            IdentityFile.keys(arguments),
            renames(arguments));
    PortalClient portal = context.portal();
    Run run = portal.start("api/loads", request);
    try (var line = new StatusLine(context)) {
      run = RunFollower.follow(run, portal, context, line::show);
    }
    print(run.report(), context.out());
  }

  private static Map<String, String> renames(ParseResult arguments) {
    Map<String, String> renames = new LinkedHashMap<>();
    for (String text : arguments.matchedOptionValue(RENAME, List.<String>of())) {
      String[] names = text.split("=", -1);
      if (names.length != 2 || names[0].isBlank() || names[1].isBlank()) {
        throw Specs.invalid(arguments, RENAME, "an old and a new name such as a.b=c.d", text);
      }
      if (renames.put(names[0], names[1]) != null) {
        throw new ParameterException(
            arguments.commandSpec().commandLine(),
            RENAME + " gives " + names[0] + " two new names; it can have only one");
      }
    }
    return renames;
  }

  public static void print(Run.Report report, PrintStream out) {
    for (Run.ReportedFile file : report.files()) {
      out.println("loaddata " + file.name() + ": " + Format.count(file.objects(), "object"));
    }
    SelectionList.print(report.selection(), out);
    report.warnings().forEach(out::println);
    if (report.safetyBackup() != null) {
      String set = report.safetyBackup();
      out.println(
          "safety backup: set "
              + set
              + "; to bring the whole database back to it: ./portal load --from "
              + set
              + " --mode replace"
              + (Boolean.TRUE.equals(report.safetyBackupEncrypted()) ? " --identity FILE" : ""));
    }
    out.println(
        (report.dryRun() ? "dry run, nothing was changed; the load would give: " : "")
            + Format.count(report.objects(), "object")
            + ": "
            + report.created()
            + " created, "
            + report.updated()
            + " updated, "
            + report.unchanged()
            + " unchanged, "
            + report.deleted()
            + " deleted, "
            + Format.seconds(report.seconds()));
  }
}

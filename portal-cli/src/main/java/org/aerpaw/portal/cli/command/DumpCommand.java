package org.aerpaw.portal.cli.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.cli.api.AppList;
import org.aerpaw.portal.cli.api.Run;
import org.aerpaw.portal.cli.api.request.DumpRequest;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.display.CommandContext;
import org.aerpaw.portal.cli.display.DumpDisplay;
import org.aerpaw.portal.cli.display.DumpPlan;
import org.aerpaw.portal.cli.display.Format;
import org.aerpaw.portal.cli.display.RunFollower;
import org.aerpaw.portal.cli.display.SelectionList;
import org.aerpaw.portal.cli.display.StatusLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal dump}: dumps the portal's data to a new backup set. */
public final class DumpCommand implements Command {

  private static final String EXCLUDE = "--exclude";
  private static final String PKS = "--pks";
  private static final String INDENT = "--indent";
  private static final String TIMESTAMPS = "--timestamps";
  private static final String FORMAT = "--format";
  private static final String COMPRESS = "--compress";
  private static final String NATURAL_FOREIGN = "--natural-foreign";
  private static final String NATURAL_PRIMARY = "--natural-primary";
  private static final String MASK = "--mask";
  private static final String DEFAULT_INDENT = "2";
  private static final String ONE_LINE = "none";

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "dump",
            """
            ./portal dump
            ./portal dump users.aerpawuser --pks 1,2
            ./portal dump --format jsonl --compress gz
            ./portal dump --objects users.aerpawuser:7,8 --with references
            ./portal dump --mask staging""",
            "Dump the portal's data to a new backup set.",
            "",
            "Without a name, all apps of the portal are dumped. A dump of some apps carries the"
                + " files of the other apps forward from the previous complete set. The set becomes"
                + " latest, unless it is partial or masked. It is partial if it contains only some"
                + " models or objects of an app. A dump of some apps is also partial if there is"
                + " no previous complete set, if that set is encrypted, if --mask is given, or if"
                + " PORTAL_ENCRYPT is all.",
            "",
            Specs.exitStatus("0 done, 1 refused or failed"));
    spec.addPositional(Specs.names("APP|APP.MODEL", "Apps and models to dump."))
        .addOption(
            Specs.option(
                    EXCLUDE,
                    "NAME",
                    "Do not dump an app or a model; may be repeated. If a whole app is left out,"
                        + " its file is carried forward. If one model of an app is left out, the"
                        + " set is partial.")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build())
        .addOption(
            Specs.option(
                    PKS,
                    "KEY,...",
                    "Dump only the objects with these keys of one model, APP.MODEL.")
                .build())
        .addOption(
            Specs.option(
                    INDENT,
                    "N|none",
                    "Spaces per level, 0 to 16; none writes a file on one line, as Django before"
                        + " 6.0 does (6.0 ends it with a newline). Default: 2.")
                .build())
        .addOption(
            Specs.choice(
                TIMESTAMPS,
                List.of("exact", "milliseconds"),
                "exact (default), or milliseconds as Django writes them."))
        .addOption(
            Specs.choice(
                FORMAT,
                List.of("json", "jsonl"),
                "json (default), or jsonl with one object per line."))
        .addOption(
            Specs.option(
                    COMPRESS,
                    "none|gz|...",
                    "Compress the files: none (default), gz, bz2, xz, zst or zip.")
                .completionCandidates(List.of("none", "gz", "bz2", "xz", "zst", "zip"))
                .build())
        .addOption(
            Specs.flag(
                NATURAL_FOREIGN, "Write references as natural keys where the target has one."))
        .addOption(
            Specs.flag(NATURAL_PRIMARY, "Omit the primary key of objects that have a natural key."))
        .addOption(
            Specs.option(
                    MASK,
                    "PROFILE",
                    "Replace values by the rules in masks/PROFILE.json. The set is not a backup: it"
                        + " does not become latest, and can be loaded only where"
                        + " PORTAL_ACCEPT_MASKED=true.")
                .completionCandidates(List.of("staging"))
                .build());
    return ObjectOptions.addTo(spec, "what they refer to");
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    DumpRequest request = request(arguments);
    if (!request.objects().isEmpty()) {
      dumpObjects(request, context);
      return;
    }
    PortalClient portal = context.portal();
    // The apps are only needed for the display, so they are requested while the dump runs.
    Run run = portal.start("api/dumps", request);
    DumpPlan plan =
        DumpPlan.of(portal.get("api/apps", AppList.class), request.apps(), request.exclude());
    if (!request.pks().isEmpty()) {
      plan = plan.limitedTo(String.join(" ", request.apps()), request.pks().size());
    }
    if (request.mask() != null) {
      plan = plan.notLatest();
    }
    try (var display =
        new DumpDisplay(
            context.out(),
            context.terminal(),
            plan,
            options(arguments),
            directory(),
            extension(request))) {
      run = RunFollower.follow(run, portal, context, display::show);
      display.finish();
    }
    Run.Report report = run.report();
    print(report, plan.apps().size(), context.out());
  }

  /** Dumps single objects, whose apps are not known before. */
  private static void dumpObjects(DumpRequest request, CommandContext context)
      throws CommandFailedException {
    PortalClient portal = context.portal();
    Run run = portal.start("api/dumps", request);
    try (var line = new StatusLine(context)) {
      run = RunFollower.follow(run, portal, context, line::show);
    }
    Run.Report report = run.report();
    SelectionList.print(report.selection(), context.out());
    print(report, report.files().size(), context.out());
  }

  private static void print(Run.Report report, int files, PrintStream out) {
    report.warnings().forEach(out::println);
    out.println(
        Format.count(report.objects(), "object")
            + ", "
            + Format.count(files, "file")
            + ", set "
            + report.set()
            + ", "
            + Format.seconds(report.seconds()));
  }

  public static DumpRequest request(ParseResult arguments) {
    ObjectOptions.refuse(arguments, "APP", arguments.hasMatchedPositional(0));
    for (String name : List.of(EXCLUDE, PKS, NATURAL_FOREIGN, NATURAL_PRIMARY)) {
      ObjectOptions.refuse(arguments, name, arguments.hasMatchedOption(name));
    }
    return new DumpRequest(
        arguments.matchedPositionalValue(0, List.of()),
        arguments.matchedOptionValue(EXCLUDE, List.of()),
        keys(arguments),
        indent(arguments),
        Specs.choice(arguments, TIMESTAMPS),
        Specs.choice(arguments, FORMAT),
        arguments.matchedOptionValue(COMPRESS, "none"),
        Specs.has(arguments, NATURAL_FOREIGN),
        Specs.has(arguments, NATURAL_PRIMARY),
        ObjectOptions.objects(arguments),
        ObjectOptions.with(arguments),
        ObjectOptions.limit(arguments),
        arguments.matchedOptionValue(MASK, null));
  }

  private static Integer indent(ParseResult arguments) {
    String value = arguments.matchedOptionValue(INDENT, DEFAULT_INDENT);
    if (value.equals(ONE_LINE)) {
      return null;
    }
    if (!value.matches("\\d|1[0-6]")) {
      throw Specs.invalid(arguments, INDENT, "a whole number from 0 to 16 or none", value);
    }
    return Integer.valueOf(value);
  }

  private static List<Long> keys(ParseResult arguments) {
    List<Long> keys = new ArrayList<>();
    if (arguments.hasMatchedOption(PKS)) {
      String value = arguments.matchedOptionValue(PKS, "");
      for (String key : value.split(",", -1)) {
        if (!key.strip().matches("-?\\d{1,18}")) {
          throw Specs.invalid(arguments, PKS, "whole numbers separated by commas", value);
        }
        keys.add(Long.valueOf(key.strip()));
      }
    }
    return keys;
  }

  /** The options as they were given; the indent always, as the portal's operators write it. */
  private static String options(ParseResult arguments) {
    var options = new StringBuilder();
    options
        .append(' ')
        .append(INDENT)
        .append(' ')
        .append(arguments.matchedOptionValue(INDENT, DEFAULT_INDENT));
    for (String name : List.of(PKS, TIMESTAMPS, FORMAT, COMPRESS, MASK)) {
      if (arguments.hasMatchedOption(name)) {
        String value = arguments.matchedOptionValue(name, "");
        options.append(' ').append(name).append(' ').append(value);
      }
    }
    for (String name : List.of(NATURAL_FOREIGN, NATURAL_PRIMARY)) {
      options.append(Specs.has(arguments, name) ? " " + name : "");
    }
    return options.toString();
  }

  private static String extension(DumpRequest request) {
    return "."
        + request.format()
        + (request.compress().equals("none") ? "" : "." + request.compress());
  }

  private static String directory() {
    String directory = System.getenv().getOrDefault("PORTAL_DUMPDATA_DIR", "");
    return directory.isBlank() ? "./dumpdata" : directory;
  }
}

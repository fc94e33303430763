package org.aerpaw.portal.cli.command;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import org.aerpaw.portal.cli.api.DiffReport;
import org.aerpaw.portal.cli.api.Run;
import org.aerpaw.portal.cli.api.RunList;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.display.CommandContext;
import org.aerpaw.portal.cli.display.DiffDisplay;
import org.aerpaw.portal.cli.display.RunFollower;
import org.aerpaw.portal.cli.display.Table;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal runs}: lists the runs, shows one, or follows one until it ends. */
public final class RunsCommand implements Command {

  private static final String FOLLOW = "--follow";
  private static final String JSON = "--json";
  private static final String DIFF = "diff";

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "runs",
            "./portal runs\n./portal runs --follow",
            "List the newest 100 runs, show one, or follow one until it ends.",
            "",
            Specs.exitStatus(
                "0 done, 1 refused or failed, or with --follow the run did not succeed"))
        .addPositional(Specs.optionalName("RUN", "The id of a run."))
        .addOption(Specs.flag(FOLLOW, "Print the progress of the run, by default of the newest."))
        .addOption(
            Specs.flag(
                JSON, "Print the server's response as JSON; with --follow, one run per line."));
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    String id = arguments.matchedPositionalValue(0, "");
    PortalClient portal = context.portal();
    PrintStream out = context.out();
    boolean json = Specs.has(arguments, JSON);
    if (Specs.has(arguments, FOLLOW)) {
      follow(portal, id, json, out);
      return;
    }
    String path = id.isEmpty() ? "api/runs" : "api/runs/" + PortalClient.segment(id);
    if (json) {
      out.println(portal.get(path));
    } else if (id.isEmpty()) {
      print(portal.get(path, RunList.class), out);
    } else {
      Run run = portal.get(path, Run.class);
      print(run, out);
      if (run.kind().equals(DIFF) && run.isDone()) {
        DiffReport report = portal.parse(portal.report(run.id()), DiffReport.class);
        new DiffDisplay(report, out).print(true);
      }
    }
  }

  private static void follow(PortalClient portal, String id, boolean json, PrintStream out)
      throws CommandFailedException {
    String path = "api/runs/" + PortalClient.segment(id.isEmpty() ? newest(portal) : id);
    String text = portal.get(path);
    Run run = portal.get(path, Run.class);
    if (!run.isRunning()) {
      out.println(json ? text : line(run));
    } else if (json) {
      run = portal.follow(run, (current, event) -> out.println(event));
    } else {
      run = portal.follow(run, (current, event) -> out.println(line(current)));
    }
    PortalClient.requireDone(run);
  }

  private static String newest(PortalClient portal) throws CommandFailedException {
    RunList newest = portal.get("api/runs?limit=1", RunList.class);
    if (newest.runs().isEmpty()) {
      throw new CommandFailedException(ExitStatus.FAILED, "There are no runs yet.");
    }
    return newest.runs().get(0).id();
  }

  private static void print(RunList list, PrintStream out) {
    if (list.runs().isEmpty()) {
      out.println("There are no runs yet.");
      return;
    }
    var table = new Table("RUN", "KIND", "STATE", "STARTED", "SECONDS", "REQUESTED BY");
    for (Run run : list.runs()) {
      table.add(run.id(), run.kind(), run.state(), started(run), seconds(run), run.requestedBy());
    }
    table.print(out);
  }

  private static void print(Run run, PrintStream out) {
    out.println("run           " + run.id());
    out.println("kind          " + run.kind());
    out.println("state         " + run.state());
    out.println("requested by  " + run.requestedBy());
    out.println("started       " + started(run));
    out.println("seconds       " + seconds(run));
    if (run.isRunning()) {
      out.println("progress      " + RunFollower.text(run.progress()));
    }
    Run.Report report = run.report();
    if (report != null && !run.kind().equals(DIFF)) {
      if (report.set() != null) {
        out.println("set           " + report.set());
      }
      if (report.created() != null) {
        LoadCommand.print(report, out);
      } else {
        report.warnings().forEach(out::println);
        out.println("objects       " + (report.objects() == null ? "unknown" : report.objects()));
      }
    }
    PortalClient.errors(run).forEach(out::println);
  }

  private static String line(Run run) {
    return run.kind() + " " + (run.isRunning() ? RunFollower.text(run.progress()) : run.state());
  }

  private static String started(Run run) {
    return run.started().substring(0, 19) + "Z";
  }

  private static String seconds(Run run) {
    Instant end = run.finished() == null ? Instant.now() : Instant.parse(run.finished());
    long millis = Duration.between(Instant.parse(run.started()), end).toMillis();
    return millis / 1000 + "." + millis / 100 % 10;
  }
}

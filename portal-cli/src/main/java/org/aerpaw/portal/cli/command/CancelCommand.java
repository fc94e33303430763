package org.aerpaw.portal.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.cli.api.Run;
import org.aerpaw.portal.cli.api.RunList;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.display.CommandContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal cancel}: cancels a run in progress. */
public final class CancelCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "cancel",
            "./portal cancel",
            "Cancel the run in progress.",
            "",
            "Cancelling undoes everything, except that a cancelled copy to the store keeps the"
                + " files transferred so far and is retried later. The command returns once the"
                + " run has ended.",
            "",
            "Exit status: 0 cancelled, 1 there is no such run or it has ended, 2 wrong usage, 3 no"
                + " server is reachable.")
        .addPositional(
            Specs.optionalName("RUN", "The id of a run. Default: the only one in progress."));
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    PortalClient portal = context.portal();
    String id = arguments.matchedPositionalValue(0, "");
    Run run =
        id.isEmpty()
            ? inProgress(portal)
            : portal.get("api/runs/" + PortalClient.segment(id), Run.class);
    Run ended = portal.follow(portal.cancel(run), (current, json) -> {});
    if (ended.isDone()) {
      throw new CommandFailedException(
          ExitStatus.FAILED, "The run finished before it could be cancelled.");
    }
    context.out().println(run.kind() + " " + run.id() + ":");
    PortalClient.errors(ended).forEach(context.out()::println);
  }

  private static Run inProgress(PortalClient portal) throws CommandFailedException {
    List<Run> running =
        portal.get("api/runs", RunList.class).runs().stream().filter(Run::isRunning).toList();
    if (running.size() == 1) {
      return running.get(0);
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        running.isEmpty()
            ? "No run is in progress."
            : "Several runs are in progress. Name one of them:");
    running.forEach(run -> lines.add("./portal cancel " + run.id() + "   # " + run.kind()));
    throw new CommandFailedException(ExitStatus.FAILED, lines);
  }
}

package org.aerpaw.portal.cli.command.sets;

import java.io.PrintStream;
import java.util.TreeMap;
import org.aerpaw.portal.cli.api.Run;
import org.aerpaw.portal.cli.api.StoreList;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.command.Command;
import org.aerpaw.portal.cli.command.Specs;
import org.aerpaw.portal.cli.display.CommandContext;
import org.aerpaw.portal.cli.display.Format;
import org.aerpaw.portal.cli.display.RunFollower;
import org.aerpaw.portal.cli.display.Table;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code portal store}: lists the copies in the store, or fetches one. */
public final class StoreCommand implements Command {

  private static final String PATH = "api/stores/default/sets";
  private static final String LIST = "list";
  private static final String FETCH = "fetch";
  private static final String JSON = "--json";

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "store",
            "./portal store list\n./portal store fetch 20261122T093000.123Z",
            "List the copies in the store, or fetch one.",
            "",
            "A fetched set appears in ./portal sets only after all hashes match. It is pinned;"
                + " remove the pin with ./portal unpin SET.",
            "",
            Specs.exitStatus("0 done, 1 refused or failed"))
        .addPositional(Specs.name("list|fetch", "What to do."))
        .addPositional(
            Specs.optionalSecondName(
                "SET",
                "The set to fetch, required by fetch; latest is the newest complete one in the store."))
        .addOption(Specs.flag(JSON, "Print the server's response as JSON."));
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    String action = arguments.matchedPositionalValue(0, "");
    String set = arguments.matchedPositionalValue(1, "");
    switch (action) {
      case LIST -> {
        if (!set.isEmpty()) {
          throw wrong(arguments, "Unexpected argument: " + set);
        }
        list(arguments, context);
      }
      case FETCH -> {
        if (set.isEmpty()) {
          throw wrong(arguments, "Name the set to fetch, or latest.");
        }
        fetch(set, context);
      }
      default -> throw wrong(arguments, "Unknown action: " + action + "; use list or fetch SET");
    }
  }

  private static ParameterException wrong(ParseResult arguments, String message) {
    return new ParameterException(arguments.commandSpec().commandLine(), message);
  }

  private static void list(ParseResult arguments, CommandContext context)
      throws CommandFailedException {
    if (Specs.has(arguments, JSON)) {
      context.out().println(context.portal().get(PATH));
    } else {
      print(context.portal().get(PATH, StoreList.class), context.out());
    }
  }

  private static void print(StoreList list, PrintStream out) {
    if (list.sets().isEmpty()) {
      out.println("There are no copies.");
    } else {
      var table = new Table("SET", "KIND", "SIZE", "OBJECTS", "LOCAL", "RETENTION");
      for (StoreList.CopyEntry copy : list.sets()) {
        table.add(
            copy.id(),
            copy.complete() ? "complete" : "partial",
            Format.bytes(copy.bytes()),
            objects(copy),
            copy.local() ? "yes" : "no",
            copy.kept().isEmpty() ? "deleted by the next copy" : String.join(", ", copy.kept()));
      }
      table.print(out);
    }
    new TreeMap<>(list.incomplete())
        .forEach((set, reason) -> out.println(set + " cannot be fetched: " + reason));
  }

  private static String objects(StoreList.CopyEntry copy) {
    if (Boolean.TRUE.equals(copy.encrypted())) {
      return "encrypted";
    }
    return copy.objects() == null ? "unknown" : copy.objects().toString();
  }

  private static void fetch(String set, CommandContext context) throws CommandFailedException {
    String path = PATH + "/" + PortalClient.segment(set) + "/fetch";
    Run.Report report = RunFollower.execute(path, context.portal(), context).report();
    report.warnings().forEach(context.out()::println);
    context
        .out()
        .println(
            "fetched and pinned set "
                + report.set()
                + ": "
                + Format.bytes(report.bytes())
                + ", "
                + Format.seconds(report.seconds()));
  }
}

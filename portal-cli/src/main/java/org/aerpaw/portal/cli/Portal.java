package org.aerpaw.portal.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.command.CancelCommand;
import org.aerpaw.portal.cli.command.Command;
import org.aerpaw.portal.cli.command.DiffCommand;
import org.aerpaw.portal.cli.command.DumpCommand;
import org.aerpaw.portal.cli.command.KeysCommand;
import org.aerpaw.portal.cli.command.LoadCommand;
import org.aerpaw.portal.cli.command.RunsCommand;
import org.aerpaw.portal.cli.command.ScheduleCommand;
import org.aerpaw.portal.cli.command.ServeCommand;
import org.aerpaw.portal.cli.command.Specs;
import org.aerpaw.portal.cli.command.StatusCommand;
import org.aerpaw.portal.cli.command.sets.CopyCommand;
import org.aerpaw.portal.cli.command.sets.PinCommand;
import org.aerpaw.portal.cli.command.sets.PruneCommand;
import org.aerpaw.portal.cli.command.sets.SetsCommand;
import org.aerpaw.portal.cli.command.sets.StoreCommand;
import org.aerpaw.portal.cli.command.sets.UnpinCommand;
import org.aerpaw.portal.cli.command.sets.UploadCommand;
import org.aerpaw.portal.cli.command.sets.VerifyCommand;
import org.aerpaw.portal.cli.display.CommandContext;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line {@code portal}: finds the command, runs it, and ends with its exit status. */
public final class Portal {

  private static final Map<String, Supplier<Command>> COMMANDS = commands();

  private final CommandContext context;

  Portal(CommandContext context) {
    this.context = context;
  }

  private static Map<String, Supplier<Command>> commands() {
    Map<String, Supplier<Command>> commands = new LinkedHashMap<>();
    commands.put("serve", ServeCommand::new);
    commands.put("dump", DumpCommand::new);
    commands.put("load", LoadCommand::new);
    commands.put("verify", VerifyCommand::new);
    commands.put("diff", DiffCommand::new);
    commands.put("sets", SetsCommand::new);
    commands.put("keys", KeysCommand::new);
    commands.put("pin", PinCommand::new);
    commands.put("unpin", UnpinCommand::new);
    commands.put("prune", PruneCommand::new);
    commands.put("copy", CopyCommand::new);
    commands.put("store", StoreCommand::new);
    commands.put("upload", UploadCommand::new);
    commands.put("runs", RunsCommand::new);
    commands.put("cancel", CancelCommand::new);
    commands.put("schedule", ScheduleCommand::new);
    commands.put("status", StatusCommand::new);
    commands.put("completion", CompletionCommand::new);
    return commands;
  }

  public static void main(String[] args) {
    CommandContext context = standardContext();
    ExitStatus status = new Portal(context).execute(args);
    context.out().flush();
    System.exit(status.code());
  }

  static CommandContext standardContext() {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    boolean terminal = Boolean.getBoolean("portal.terminal");
    return new CommandContext(out, err, terminal, PortalClient::ofEnvironment);
  }

  ExitStatus execute(String... args) {
    CommandLine line = args.length == 0 ? commandLine() : commandLine(args[0]);
    try {
      ParseResult arguments = line.parseArgs(args);
      if (CommandLine.printHelpIfRequested(arguments)) {
        return ExitStatus.SUCCESS;
      }
      if (!arguments.hasSubcommand()) {
        line.usage(context.out());
        return ExitStatus.SUCCESS;
      }
      ParseResult subcommand = arguments.subcommand();
      COMMANDS.get(subcommand.commandSpec().name()).get().run(subcommand, context);
      return ExitStatus.SUCCESS;
    } catch (ParameterException e) {
      context.err().println(message(e));
      context
          .err()
          .println("See ./" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help.");
      return ExitStatus.WRONG_USAGE;
    } catch (CommandFailedException e) {
      context.out().flush();
      e.lines().forEach(context.err()::println);
      return e.status();
    }
  }

  /** Declares only the command that is called, which saves time, or all if there is none. */
  private CommandLine commandLine(String name) {
    Supplier<Command> command = COMMANDS.get(name);
    if (command == null) {
      return commandLine();
    }
    return configured(root().addSubcommand(name, command.get().spec()));
  }

  private CommandLine commandLine() {
    return configured(completeSpec());
  }

  /** The specification of the command line with all commands. */
  static CommandSpec completeSpec() {
    CommandSpec root = root();
    COMMANDS.forEach((name, command) -> root.addSubcommand(name, command.get().spec()));
    return root;
  }

  private static CommandSpec root() {
    CommandSpec root =
        Specs.command(
            "portal",
            "./portal serve --load-fixtures\n./portal dump users projects\n./portal dump --help",
            "Backs up and restores the data of the AERPAW portal.");
    root.usageMessage().synopsisSubcommandLabel("COMMAND").commandListHeading("%nCommands:%n");
    return root;
  }

  private CommandLine configured(CommandSpec root) {
    return new CommandLine(root)
        .setOut(new PrintWriter(context.out(), true))
        .setErr(new PrintWriter(context.err(), true));
  }

  private static String message(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return e.getMessage();
    }
    CommandLine line = e.getCommandLine();
    String argument = unmatched.getUnmatched().get(0);
    if (unmatched.isUnknownOption()) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      return "Unknown option: "
          + name
          + suggestion(name, line.getCommandSpec().optionsMap().keySet());
    }
    return line.getParent() == null
        ? "Unknown command: " + argument + suggestion(argument, COMMANDS.keySet())
        : "Unexpected argument: " + argument;
  }

  private static String suggestion(String misspelled, Set<String> names) {
    List<String> similar = Suggestions.of(misspelled, names);
    return similar.isEmpty() ? "" : ". Did you mean " + String.join(" or ", similar) + "?";
  }
}

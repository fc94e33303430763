package org.aerpaw.portal.cli;

import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.command.Command;
import org.aerpaw.portal.cli.command.Specs;
import org.aerpaw.portal.cli.display.CommandContext;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal completion bash}: prints a completion script. */
final class CompletionCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "completion",
            "source <(./portal completion bash)",
            "Print a completion script for the shell.",
            "",
            "Exit status: 0 done, 2 wrong usage.")
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("bash")
                .index("0")
                .arity("1")
                .type(Shell.class)
                .description("The shell; only bash is supported.")
                .build());
  }

  private enum Shell {
    bash
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    context.out().print(AutoComplete.bash("portal", new CommandLine(Portal.completeSpec())));
  }
}

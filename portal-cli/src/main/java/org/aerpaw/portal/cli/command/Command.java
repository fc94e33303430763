package org.aerpaw.portal.cli.command;

import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.display.CommandContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A command of the command line. */
public interface Command {

  /** Declares the command's options, parameters and help. */
  CommandSpec spec();

  /**
   * @throws CommandFailedException with the exit status and the messages for standard error
   */
  void run(ParseResult arguments, CommandContext context) throws CommandFailedException;
}

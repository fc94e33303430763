package org.aerpaw.portal.cli;

import org.aerpaw.portal.cli.api.CommandFailedException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A command of the command line. */
interface Command {

  /** Declares the command's options, parameters and help. */
  CommandSpec spec();

  /**
   * @throws CommandFailedException with the exit status and the messages for standard error
   */
  void run(ParseResult arguments, Session session) throws CommandFailedException;
}

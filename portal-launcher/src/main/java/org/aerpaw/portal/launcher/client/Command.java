package org.aerpaw.portal.launcher.client;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One command from its words to its exit status. */
@FunctionalInterface
interface Command {

  /** Does all of it, or throws. */
  void run(String[] words, PrintStream out) throws CommandFailedException;

  /** Ends this JVM with the command's exit status, the reasons of a failure on standard error. */
  static void exit(Command command, String[] words) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ExitStatus status = ExitStatus.DONE;
    try {
      command.run(words, out);
    } catch (CommandFailedException e) {
      out.flush();
      e.lines().forEach(System.err::println);
      status = e.status();
    }
    out.flush();
    System.exit(status.code());
  }
}

package org.aerpaw.portal.cli.display;

import java.io.PrintStream;
import org.aerpaw.portal.cli.api.Run;

/**
 * The progress of a run in one line of the terminal, which is overwritten and in the end cleared.
 */
public final class StatusLine implements AutoCloseable {

  /** Moves to the start of the line and clears it (ECMA-48). */
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private String shown = "";

  public StatusLine(CommandContext context) {
    this.out = context.out();
    this.terminal = context.terminal();
  }

  public void show(Run run) {
    if (terminal && run.isRunning() && run.progress() != null) {
      print(RunFollower.text(run.progress()));
    }
  }

  @Override
  public void close() {
    if (!shown.isEmpty()) {
      print("");
    }
  }

  private void print(String line) {
    if (!line.equals(shown)) {
      out.print(CLEAR + line);
      out.flush();
      shown = line;
    }
  }
}

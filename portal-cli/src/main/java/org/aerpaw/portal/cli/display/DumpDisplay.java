package org.aerpaw.portal.cli.display;

import java.io.PrintStream;
import org.aerpaw.portal.cli.api.Run;

/**
 * Shows the progress of a dump: a line for each app and, on a terminal, a bar that fills while the
 * app's objects are written. An app without rows has no bar.
 */
public final class DumpDisplay implements AutoCloseable {

  private static final int BAR_LENGTH = 75;

  private final PrintStream out;
  private final boolean terminal;
  private final DumpPlan plan;
  private final String options;
  private final String directory;
  private final String extension;

  /** The index of the app whose line was printed last; -1 if none was. */
  private int current = -1;

  private int dots;

  /**
   * @param options the options to print, each with a space before it
   * @param directory the directory that shows the files of the newest set
   * @param extension of the files, with the dot
   */
  public DumpDisplay(
      PrintStream out,
      boolean terminal,
      DumpPlan plan,
      String options,
      String directory,
      String extension) {
    this.out = out;
    this.terminal = terminal;
    this.plan = plan;
    this.options = options;
    this.directory = directory;
    this.extension = extension;
  }

  /** Shows the progress of the run. */
  public void show(Run run) {
    Run.Progress progress = run.progress();
    if (progress == null) {
      return;
    }
    for (int at = Math.max(current, 0); at < plan.apps().size(); at++) {
      if (plan.apps().get(at).name().equals(progress.app())) {
        advance(at);
        fill(progress.objects());
        return;
      }
    }
  }

  /** Shows that all apps are done. */
  public void finish() {
    advance(plan.apps().size());
  }

  /** Ends the line of an unfinished bar, so that errors start on a new line. */
  @Override
  public void close() {
    if (current >= 0 && current < plan.apps().size() && hasBar()) {
      out.println();
    }
  }

  private void advance(int to) {
    while (current < to) {
      if (current >= 0) {
        complete();
      }
      current++;
      if (current < plan.apps().size()) {
        open();
      }
    }
  }

  private void open() {
    DumpPlan.App app = plan.apps().get(current);
    out.print("dumpdata " + app.requested() + options);
    // A partial set does not become the newest, so its files are in its own directory only.
    out.println(plan.complete() ? " --output " + directory + "/" + app.name() + extension : "");
    dots = 0;
    if (hasBar()) {
      out.print('[');
      out.flush();
    }
  }

  private void fill(long objects) {
    if (hasBar()) {
      long before = 0;
      for (int i = 0; i < current; i++) {
        before += plan.apps().get(i).rows();
      }
      dot((objects - before) * BAR_LENGTH / plan.apps().get(current).rows());
    }
  }

  private void complete() {
    if (hasBar()) {
      dot(BAR_LENGTH);
      out.println(']');
    }
  }

  private void dot(long wanted) {
    for (; dots < Math.min(wanted, BAR_LENGTH); dots++) {
      out.print('.');
    }
    out.flush();
  }

  private boolean hasBar() {
    return terminal && plan.apps().get(current).rows() > 0;
  }
}

package org.aerpaw.portal.launcher.client;

import jakarta.json.JsonObject;
import java.io.PrintStream;

/**
 * Tells how a dump goes, as the portal's operators know it: a line for each app and, on a terminal,
 * a bar that fills while the app's objects are written. An app without rows has no bar.
 */
final class DumpDisplay implements AutoCloseable {

  private static final int BAR_LENGTH = 75;

  private final PrintStream out;
  private final boolean terminal;
  private final DumpPlan plan;
  private final String options;
  private final String folder;
  private final String extension;

  /** The app whose line was printed last; before the first -1. */
  private int current = -1;

  private int dots;

  /**
   * @param options as they stand in the line, with blanks before and between them
   * @param folder where the files of the newest set are seen
   * @param extension of the files, with the dot
   */
  DumpDisplay(
      PrintStream out,
      boolean terminal,
      DumpPlan plan,
      String options,
      String folder,
      String extension) {
    this.out = out;
    this.terminal = terminal;
    this.plan = plan;
    this.options = options;
    this.folder = folder;
    this.extension = extension;
  }

  /** Shows a run while it goes on. */
  void show(JsonObject run) {
    JsonObject progress = run.getJsonObject("progress");
    String app = progress.getString("app", null);
    for (int at = Math.max(current, 0); at < plan.apps().size(); at++) {
      if (plan.apps().get(at).name().equals(app)) {
        advance(at);
        fill(progress.getJsonNumber("objects").longValue());
        return;
      }
    }
  }

  /** Shows that all apps are done. */
  void finish() {
    advance(plan.apps().size());
  }

  /** Ends a line that a dump which failed left open, for its reasons to begin on their own. */
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
    out.print("dumpdata " + app.asked() + options);
    // A set of single models does not become the newest: it shows in its own folder only.
    out.println(plan.complete() ? " --output " + folder + "/" + app.name() + extension : "");
    dots = 0;
    if (hasBar()) {
      out.print('[');
      out.flush();
    }
  }

  private void fill(long objects) {
    long before = plan.apps().stream().limit(current).mapToLong(DumpPlan.App::rows).sum();
    if (hasBar()) {
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

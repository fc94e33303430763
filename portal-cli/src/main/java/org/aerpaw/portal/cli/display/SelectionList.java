package org.aerpaw.portal.cli.display;

import java.io.PrintStream;
import org.aerpaw.portal.cli.api.Run;

/** Lists selected objects and why each of them is selected. */
public final class SelectionList {

  private static final int MAX_LINES = 20;

  private SelectionList() {}

  /**
   * Prints the first objects and the number of the others.
   *
   * @param selection null if all objects were dumped or loaded
   */
  public static void print(Run.Selection selection, PrintStream out) {
    if (selection == null) {
      return;
    }
    selection.objects().stream()
        .limit(MAX_LINES)
        .map(object -> object.model() + "(pk=" + object.pk() + "): " + object.reason())
        .forEach(out::println);
    long more = selection.objects().size() + selection.more() - MAX_LINES;
    if (more > 0) {
      out.println("... and " + more + " more");
    }
  }
}

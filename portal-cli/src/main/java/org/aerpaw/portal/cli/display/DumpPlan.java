package org.aerpaw.portal.cli.display;

import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.cli.api.AppList;

/**
 * The apps that a dump is expected to write, in their order, with the rows they have now.
 *
 * @param complete whether every model of each app is dumped, and the set becomes the newest
 */
public record DumpPlan(List<App> apps, boolean complete) {

  /**
   * @param requested the app, or its requested models, separated by spaces
   */
  public record App(String name, String requested, long rows) {}

  /**
   * @param requested apps and models, all that a default dump contains if there are none
   */
  public static DumpPlan of(AppList all, List<String> requested, List<String> excluded) {
    List<App> apps = new ArrayList<>();
    boolean complete = true;
    for (AppList.App app : all.apps()) {
      List<String> labels = new ArrayList<>();
      long rows = 0;
      for (AppList.Model model : app.models()) {
        boolean included =
            requested.isEmpty() ? app.dumped() : isNamed(requested, app.app(), model.model());
        if (included && !isNamed(excluded, app.app(), model.model())) {
          labels.add(model.model());
          rows += model.rows() == null ? 0 : model.rows();
        }
      }
      if (!labels.isEmpty()) {
        boolean whole = labels.size() == app.models().size();
        complete &= whole;
        apps.add(new App(app.app(), whole ? app.app() : String.join(" ", labels), rows));
      }
    }
    return new DumpPlan(apps, complete);
  }

  /** The same plan for a number of objects of the one requested model. */
  public DumpPlan limitedTo(String model, int objects) {
    List<App> limited = new ArrayList<>();
    for (App app : apps) {
      limited.add(new App(app.name(), model, Math.min(objects, app.rows())));
    }
    return new DumpPlan(limited, false);
  }

  /** The same plan for a set that does not become the newest. */
  public DumpPlan notLatest() {
    return new DumpPlan(apps, false);
  }

  private static boolean isNamed(List<String> names, String app, String label) {
    for (String name : names) {
      if (name.equalsIgnoreCase(app) || name.equalsIgnoreCase(label)) {
        return true;
      }
    }
    return false;
  }
}

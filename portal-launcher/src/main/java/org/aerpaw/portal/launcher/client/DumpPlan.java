package org.aerpaw.portal.launcher.client;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What a dump will write, as far as one can know before: the apps in their order, with the rows
 * they have now.
 *
 * @param complete whether it is every model of each of the apps, so that the set becomes the newest
 */
record DumpPlan(List<App> apps, boolean complete) {

  /**
   * @param asked the app, or those of its models that are asked for, separated by blanks
   */
  record App(String name, String asked, long rows) {}

  /**
   * @param answer of {@code /api/apps}
   */
  static DumpPlan of(JsonObject answer, List<String> asked, List<String> excluded) {
    List<App> apps = new ArrayList<>();
    boolean complete = true;
    for (JsonObject app : answer.getJsonArray("apps").getValuesAs(JsonObject.class)) {
      String name = app.getString("app");
      List<JsonObject> models = app.getJsonArray("models").getValuesAs(JsonObject.class);
      Predicate<String> isAsked =
          label -> asked.isEmpty() ? app.getBoolean("dumped") : names(asked, name, label);
      List<JsonObject> taken =
          models.stream()
              .filter(model -> isAsked.test(model.getString("model")))
              .filter(model -> !names(excluded, name, model.getString("model")))
              .toList();
      if (!taken.isEmpty()) {
        boolean whole = taken.size() == models.size();
        complete &= whole;
        String sense =
            whole
                ? name
                : String.join(" ", taken.stream().map(model -> model.getString("model")).toList());
        long rows =
            taken.stream().mapToLong(model -> model.getJsonNumber("rows").longValue()).sum();
        apps.add(new App(name, sense, rows));
      }
    }
    return new DumpPlan(apps, complete);
  }

  /** The same, for so many objects of the one model that is asked for. */
  DumpPlan only(String model, int objects) {
    return new DumpPlan(
        apps.stream()
            .map(app -> new App(app.name(), model, Math.min(objects, app.rows())))
            .toList(),
        false);
  }

  private static boolean names(List<String> words, String app, String label) {
    return words.stream()
        .map(word -> word.toLowerCase(Locale.ROOT))
        .anyMatch(word -> word.equals(app) || word.equals(label));
  }
}

package org.aerpaw.portal.backup.dump;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.rows.KeyFilter;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.selection.KeySet;

/**
 * The models and rows to dump.
 *
 * @param models by app, in dump order
 * @param rows the rows of the models of which only some rows are selected
 * @param complete whether all models of each selected app and all their rows are selected
 */
record Selection(Map<String, List<Model>> models, Map<Model, KeyFilter> rows, boolean complete) {

  /**
   * @throws InvalidRequestException naming every unknown app and model
   */
  static Selection of(DumpRequest request, ModelRegistry registry) throws InvalidRequestException {
    List<FixtureError> problems = new ArrayList<>();
    Collection<String> names = request.apps().isEmpty() ? registry.dumpedApps() : request.apps();
    Set<Model> selected =
        registry.resolve(names, problem -> problems.add(FixtureError.ofField("apps", problem)));
    selected.removeAll(
        registry.resolve(
            request.exclude(), problem -> problems.add(FixtureError.ofField("exclude", problem))));
    if (!request.pks().isEmpty() && !isOneModel(request.apps())) {
      problems.add(FixtureError.ofField("pks", "allowed only if apps names exactly one model"));
    }
    if (problems.isEmpty() && selected.isEmpty()) {
      problems.add(
          FixtureError.ofField("exclude", "excludes everything, so nothing is left to dump"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
    Map<Model, KeyFilter> rows = new HashMap<>();
    if (!request.pks().isEmpty()) {
      selected.forEach(model -> rows.put(model, new KeyFilter(request.pks())));
    }
    Selection selection = of(selected, rows, registry);
    return request.naturalForeign() ? selection.inNaturalOrder() : selection;
  }

  /** Every model, including those of apps that a dump excludes by default. */
  static Selection everything(ModelRegistry registry) {
    return of(registry.models(), Map.of(), registry);
  }

  /** Some objects. */
  static Selection of(KeySet objects, ModelRegistry registry) {
    Map<Model, KeyFilter> rows = new HashMap<>();
    objects
        .models()
        .forEach(model -> rows.put(model, new KeyFilter(List.copyOf(objects.of(model)))));
    return of(objects.models(), rows, registry);
  }

  /** Whether all rows of the models are selected. */
  boolean hasAllRows() {
    return rows.isEmpty();
  }

  KeyFilter rows(Model model) {
    return rows.getOrDefault(model, KeyFilter.ALL);
  }

  private static boolean isOneModel(List<String> names) {
    return names.size() == 1 && names.get(0).contains(".");
  }

  private static Selection of(
      Collection<Model> selected, Map<Model, KeyFilter> rows, ModelRegistry registry) {
    Map<String, List<Model>> byApp = new LinkedHashMap<>();
    registry.models().stream()
        .filter(selected::contains)
        .forEach(model -> byApp.computeIfAbsent(model.app(), app -> new ArrayList<>()).add(model));
    boolean complete =
        rows.isEmpty()
            && byApp.entrySet().stream()
                .allMatch(app -> app.getValue().equals(registry.models(app.getKey())));
    return new Selection(byApp, rows, complete);
  }

  /**
   * Sorts the models so that they follow the models they refer to, as Django does for natural keys.
   */
  private Selection inNaturalOrder() {
    Map<String, List<Model>> ordered = new LinkedHashMap<>(models);
    ordered.replaceAll((app, ofApp) -> DependencyOrder.of(ofApp));
    return new Selection(ordered, rows, complete);
  }

  List<Model> all() {
    return models.values().stream().flatMap(List::stream).toList();
  }
}

package org.aerpaw.portal.backup.dump;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.model.Model;

/** Counts the references of dumped objects to models that are not in the set. */
final class ExternalReferences {

  /** Counts the references of one field. */
  private static final class Counter {

    private final int place;
    private final boolean isList;
    private final String field;
    private final Model target;
    private long references;

    private Counter(int place, boolean isList, String field, Model target) {
      this.place = place;
      this.isList = isList;
      this.field = field;
      this.target = target;
    }
  }

  private final Set<String> modelsInSet;
  private final Map<Model, List<Counter>> counters = new HashMap<>();

  /**
   * @param modelsInSet the labels of the models in the set
   */
  ExternalReferences(Collection<String> modelsInSet) {
    this.modelsInSet = Set.copyOf(modelsInSet);
  }

  /**
   * @param object an object whose last fields are the model's in their order, lists last
   */
  void count(Model model, FixtureObject object) {
    int before = object.fields().size() - model.fields().size() - model.lists().size();
    for (Counter counter : counters.computeIfAbsent(model, this::countersOf)) {
      Object value = object.fields().get(before + counter.place).value();
      // For a single reference, a list is a natural key.
      if (counter.isList) {
        counter.references += ((List<?>) value).size();
      } else if (value != null) {
        counter.references++;
      }
    }
  }

  /** Creates a counter for other models of the same set. */
  ExternalReferences ofOtherModels() {
    return new ExternalReferences(modelsInSet);
  }

  /** Adds the counts of other models. */
  synchronized void add(ExternalReferences other) {
    counters.putAll(other.counters);
  }

  /** The references that were found, sorted by field. */
  List<Manifest.ExternalReference> counted() {
    Map<String, Manifest.ExternalReference> byField = new TreeMap<>();
    counters.forEach(
        (model, fields) -> {
          for (Counter counter : fields) {
            if (counter.references > 0) {
              String field = model.label() + "." + counter.field;
              byField.put(
                  field,
                  new Manifest.ExternalReference(
                      field, counter.target.label(), counter.references));
            }
          }
        });
    return List.copyOf(byField.values());
  }

  private List<Counter> countersOf(Model model) {
    List<Counter> counters = new ArrayList<>();
    int place = 0;
    for (var field : model.fields()) {
      if (field.isReference() && !modelsInSet.contains(field.target().label())) {
        counters.add(new Counter(place, false, field.name(), field.target()));
      }
      place++;
    }
    for (var list : model.lists()) {
      if (!modelsInSet.contains(list.model().label())) {
        counters.add(new Counter(place, true, list.name(), list.model()));
      }
      place++;
    }
    return counters;
  }
}

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

/** Counts the references of dumped objects that lead to models which the set does not hold. */
final class ExternalReferences {

  /** A field by its place in an object, and how often it was a reference that leaves. */
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

  private final Set<String> held;
  private final Map<Model, List<Counter>> counters = new HashMap<>();

  /**
   * @param held the labels of the models that the set holds
   */
  ExternalReferences(Collection<String> held) {
    this.held = Set.copyOf(held);
  }

  /**
   * @param object whose fields end with the model's in their order, lists last
   */
  void count(Model model, FixtureObject object) {
    int before = object.fields().size() - model.fields().size() - model.lists().size();
    for (Counter counter : counters.computeIfAbsent(model, this::countersOf)) {
      Object value = object.fields().get(before + counter.place).value();
      // A list in the place of a single reference is one natural key.
      if (counter.isList) {
        counter.references += ((List<?>) value).size();
      } else if (value != null) {
        counter.references++;
      }
    }
  }

  /** One that counts for the same set beside this. */
  ExternalReferences ofOtherModels() {
    return new ExternalReferences(held);
  }

  /** Takes over what was counted of other models. */
  synchronized void add(ExternalReferences other) {
    counters.putAll(other.counters);
  }

  /** Those that there are, by field. */
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
    List<Counter> leaving = new ArrayList<>();
    int place = 0;
    for (var field : model.fields()) {
      if (field.isReference() && !held.contains(field.target().label())) {
        leaving.add(new Counter(place, false, field.name(), field.target()));
      }
      place++;
    }
    for (var list : model.lists()) {
      if (!held.contains(list.model().label())) {
        leaving.add(new Counter(place, true, list.name(), list.model()));
      }
      place++;
    }
    return leaving;
  }
}

package org.aerpaw.portal.backup.dump;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.Model;

/** Counts the references of dumped objects to models that are not in the set. */
final class ExternalReferences {

  private final Set<String> modelsInSet;
  private final Map<String, Manifest.ExternalReference> byField = new TreeMap<>();

  /**
   * @param modelsInSet the labels of the models in the set
   */
  ExternalReferences(Collection<String> modelsInSet) {
    this.modelsInSet = Set.copyOf(modelsInSet);
  }

  /**
   * Adds the references of the objects of a model; several threads may do so for different models.
   *
   * @param counts the number of references by field; a missing field counts as 0
   */
  synchronized void add(Model model, Map<String, Long> counts) {
    model.fields().stream()
        .filter(Field::isReference)
        .forEach(field -> add(model, field.name(), field.target(), counts));
    model.lists().forEach(list -> add(model, list.name(), list.model(), counts));
  }

  private void add(Model model, String field, Model target, Map<String, Long> counts) {
    long references = counts.getOrDefault(field, 0L);
    if (references > 0 && !modelsInSet.contains(target.label())) {
      String name = model.label() + "." + field;
      byField.put(name, new Manifest.ExternalReference(name, target.label(), references));
    }
  }

  /** The references that were found, sorted by field. */
  List<Manifest.ExternalReference> counted() {
    return List.copyOf(byField.values());
  }
}

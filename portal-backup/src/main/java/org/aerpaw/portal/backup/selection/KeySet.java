package org.aerpaw.portal.backup.selection;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.aerpaw.portal.backup.model.Model;

/** The keys of some objects by model, in the order in which they were added. */
public final class KeySet {

  private final Map<Model, Set<Long>> keys = new LinkedHashMap<>();

  static KeySet of(Collection<ObjectKey> objects) {
    var set = new KeySet();
    objects.forEach(set::add);
    return set;
  }

  void add(ObjectKey object) {
    keys.computeIfAbsent(object.model(), model -> new LinkedHashSet<>()).add(object.key());
  }

  public boolean contains(Model model, long key) {
    return of(model).contains(key);
  }

  public boolean contains(ObjectKey object) {
    return contains(object.model(), object.key());
  }

  /** The keys of a model; empty if there are none. */
  public Set<Long> of(Model model) {
    return keys.getOrDefault(model, Set.of());
  }

  public Set<Model> models() {
    return keys.keySet();
  }
}

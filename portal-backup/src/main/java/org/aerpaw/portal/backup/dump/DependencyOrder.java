package org.aerpaw.portal.backup.dump;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;

/**
 * The order in which Django dumps models when references are natural keys: those with a natural key
 * before those that refer to them. This is {@code sort_dependencies} with {@code allow_cycles} of
 * Django's {@code core/serializers/__init__.py}. It goes through the remaining models again and
 * again, alternately backwards and forwards.
 */
final class DependencyOrder {

  private DependencyOrder() {}

  /**
   * @param models in the order in which they are dumped otherwise
   */
  static List<Model> of(List<Model> models) {
    Set<Model> all = new HashSet<>(models);
    Set<Model> ordered = new LinkedHashSet<>();
    Deque<Model> left = new ArrayDeque<>(models);
    while (!left.isEmpty()) {
      Deque<Model> skipped = new ArrayDeque<>();
      int before = ordered.size();
      for (Model model : left) {
        if (references(model)
            .allMatch(target -> !all.contains(target) || ordered.contains(target))) {
          ordered.add(model);
        } else {
          skipped.addFirst(model);
        }
      }
      if (ordered.size() == before) {
        ordered.add(skipped.removeFirst());
      }
      left = skipped;
    }
    return new ArrayList<>(ordered);
  }

  /** The targets of the references of a model and its parents, if they have a natural key. */
  private static Stream<Model> references(Model model) {
    Stream<Model> targets = Stream.of();
    for (Optional<Model> one = Optional.of(model); one.isPresent(); one = one.get().parent()) {
      Model owner = one.get();
      targets =
          Stream.of(
                  targets,
                  owner.fields().stream().filter(Field::isReference).map(Field::target),
                  owner.lists().stream().map(ListField::model),
                  owner.parent().stream())
              .flatMap(part -> part);
    }
    return targets.filter(target -> target != model && !target.naturalKey().isEmpty());
  }
}

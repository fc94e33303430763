package org.aerpaw.portal.backup.selection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;

/**
 * What a search needs to know of an object.
 *
 * @param references without those by natural key
 * @param distinguishingValues the values that distinguish the object from another one with the same
 *     key, by field: those of its natural key and the time at which it was created, unless they are
 *     null
 */
public record ObjectOutline(
    ObjectKey key, List<Reference> references, Map<Field, Object> distinguishingValues) {

  /**
   * @param values the values of the model's fields; may contain nulls
   * @param lists the keys in the model's lists; null for a list that the object lacks
   */
  public static ObjectOutline of(
      Model model, long key, List<?> values, List<? extends List<?>> lists) {
    List<Reference> references = new ArrayList<>();
    Map<Field, Object> distinguishingValues = new LinkedHashMap<>();
    model
        .parent()
        .map(parent -> new Reference(Reference.Kind.PARENT, null, new ObjectKey(parent, key)))
        .ifPresent(references::add);
    List<Field> distinguishing = distinguishingFields(model).toList();
    for (int i = 0; i < values.size(); i++) {
      Field field = model.fields().get(i);
      Object value = values.get(i);
      if (value != null && field.isReference()) {
        references.add(
            new Reference(
                field.owned() ? Reference.Kind.OWNER : Reference.Kind.FIELD,
                field.name(),
                new ObjectKey(field.target(), (Long) value)));
      }
      if (value != null && distinguishing.contains(field)) {
        distinguishingValues.put(field, value);
      }
    }
    for (int i = 0; i < lists.size(); i++) {
      ListField list = model.lists().get(i);
      for (Object item : lists.get(i) == null ? List.of() : lists.get(i)) {
        references.add(
            new Reference(
                Reference.Kind.LIST, list.name(), new ObjectKey(list.model(), (Long) item)));
      }
    }
    return new ObjectOutline(new ObjectKey(model, key), references, distinguishingValues);
  }

  /** The fields of a model that an outline is made from, in the model's order. */
  static List<Field> fields(Model model) {
    List<Field> distinguishing = distinguishingFields(model).toList();
    return model.fields().stream()
        .filter(field -> field.isReference() || distinguishing.contains(field))
        .toList();
  }

  private static Stream<Field> distinguishingFields(Model model) {
    return model.fields().stream()
        .filter(
            field ->
                field.creationTime()
                    || model.naturalKey().stream()
                        .anyMatch(
                            path ->
                                path.references().isEmpty()
                                    ? path.column().equals(field.column())
                                    : path.references().get(0).equals(field)));
  }

  /** The name of a field that shows that the other object with this key is a different one. */
  Optional<String> difference(ObjectOutline other) {
    return distinguishingValues.entrySet().stream()
        .filter(value -> other.distinguishingValues.containsKey(value.getKey()))
        .filter(
            value -> !areEqual(value.getValue(), other.distinguishingValues.get(value.getKey())))
        .map(value -> value.getKey().name())
        .findFirst();
  }

  /** Whether the other object with this key is the same one. */
  public boolean isSameAs(ObjectOutline other) {
    return difference(other).isEmpty();
  }

  /** A timestamp of a fixture may be truncated to milliseconds. */
  private static boolean areEqual(Object inFixture, Object stored) {
    return inFixture.equals(stored)
        || inFixture instanceof Instant fixture
            && stored instanceof Instant exact
            && fixture.equals(exact.truncatedTo(ChronoUnit.MILLIS));
  }
}

package org.aerpaw.portal.backup.diff;

import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;
import org.aerpaw.portal.backup.rows.conversion.NaturalKeyReference;

/**
 * Compares the values of two objects of a model. A field is named by its place: lists follow the
 * other fields.
 *
 * @param inMilliseconds whether timestamps and times are compared without their microseconds
 */
record ObjectComparator(Model model, boolean inMilliseconds) {

  /** The places of the fields that differ; the order of a list does not matter. */
  List<Integer> differences(ConvertedObject one, ConvertedObject other) {
    if (one.values().equals(other.values())
        && one.lists().equals(other.lists())
        && one.naturalKeys().equals(other.naturalKeys())) {
      return List.of();
    }
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < model.fields().size() + model.lists().size(); place++) {
      if (!isSame(value(one, place), value(other, place), isList(place))) {
        places.add(place);
      }
    }
    return places;
  }

  String name(int place) {
    return isList(place)
        ? model.lists().get(place - model.fields().size()).name()
        : model.fields().get(place).name();
  }

  /** The value of a field with natural keys where the object has them; a List for a list. */
  Object value(ConvertedObject object, int place) {
    List<List<String>> naturalKeys =
        object.naturalKeys().stream()
            .filter(reference -> reference.place() == place)
            .map(NaturalKeyReference::parts)
            .toList();
    if (!isList(place)) {
      return naturalKeys.isEmpty() ? object.values().get(place) : naturalKeys.get(0);
    }
    List<Object> keys = object.lists().get(place - model.fields().size());
    if (naturalKeys.isEmpty()) {
      return keys;
    }
    List<Object> items = new ArrayList<>(keys);
    items.addAll(naturalKeys);
    return items;
  }

  private boolean isList(int place) {
    return place >= model.fields().size();
  }

  private boolean isSame(Object one, Object other, boolean isList) {
    if (isList) {
      // A file without the list says nothing about it.
      return one == null
          || other == null
          || new HashSet<>((List<?>) one).equals(new HashSet<>((List<?>) other));
    }
    return Objects.equals(compared(one), compared(other));
  }

  private Object compared(Object value) {
    if (inMilliseconds && value instanceof Instant timestamp) {
      return timestamp.truncatedTo(ChronoUnit.MILLIS);
    }
    if (inMilliseconds && value instanceof LocalTime time) {
      return time.truncatedTo(ChronoUnit.MILLIS);
    }
    return value;
  }
}

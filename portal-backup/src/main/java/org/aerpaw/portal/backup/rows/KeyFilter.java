package org.aerpaw.portal.backup.rows;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.aerpaw.portal.backup.model.Model;

/**
 * Which rows of a model are meant.
 *
 * @param keys of the rows; none for all rows
 */
public record KeyFilter(List<Long> keys) {

  public static final KeyFilter ALL = new KeyFilter(List.of());

  public KeyFilter {
    keys = List.copyOf(keys);
  }

  public boolean areAll() {
    return keys.isEmpty();
  }

  /** What comes after a {@code FROM} in which the model's table is {@code t}. */
  public String condition(Model model) {
    if (areAll()) {
      return "";
    }
    return " WHERE t."
        + model.key().sql()
        + " IN ("
        + keys.stream().map(String::valueOf).collect(joining(", "))
        + ")";
  }
}

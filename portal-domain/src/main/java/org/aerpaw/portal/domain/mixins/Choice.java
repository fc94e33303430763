package org.aerpaw.portal.domain.mixins;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * A constant of an enum that a text column holds.
 *
 * <p>Each enum brings a converter of its own that calls the two functions here. They are not in a
 * common superclass, because EclipseLink 4 learns what a converter is for only from its own {@code
 * implements} clause and otherwise silently stores ordinals.
 */
public interface Choice {

  /** The constant's name. */
  String name();

  /** What the column holds: the name in lower case, where the enum does not say otherwise. */
  default String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the column holds for a constant or null. */
  static String text(Choice choice) {
    return choice == null ? null : choice.text();
  }

  /** The constant or null that a column's text stands for. */
  static <E extends Enum<E> & Choice> E of(Class<E> type, String text) {
    if (text == null) {
      return null;
    }
    return Stream.of(type.getEnumConstants())
        .filter(choice -> choice.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cannot read %s from a text column: no choice \"%s\""
                        .formatted(type.getName(), text)));
  }
}

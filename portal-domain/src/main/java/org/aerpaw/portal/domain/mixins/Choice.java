package org.aerpaw.portal.domain.mixins;

import java.util.Locale;

/** A constant of an enum that a text column holds. */
public interface Choice {

  /** The constant's name. */
  String name();

  /** What the column holds: the name in lower case, where the enum does not say otherwise. */
  default String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

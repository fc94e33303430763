package org.aerpaw.portal.backup.load.source;

import java.util.Objects;
import org.aerpaw.portal.backup.model.Model;

/**
 * Something that the checks found wrong with a staged object; {@link ErrorLocator} tells where it
 * stands in the text.
 *
 * @param key null if the object has none of its own
 * @param field null where it is the object itself
 * @param reason ends with the word before the place of {@code other}, if there is one
 * @param other another object that has a part in it, or null
 */
public record Violation(
    ObjectRef origin, Model model, Long key, String field, String reason, ObjectRef other) {

  public Violation {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(reason, "reason");
  }
}

package org.aerpaw.portal.backup.load.errors;

import java.util.Objects;
import org.aerpaw.portal.backup.load.source.ObjectRef;
import org.aerpaw.portal.backup.model.Model;

/**
 * A constraint that a staged object violates. {@link ErrorLocator} finds its position in the files.
 *
 * @param key null if the object has no key
 * @param field null if the violation concerns the whole object
 * @param reason the error text; the position of {@code other} is appended to it
 * @param other the other object involved, or null
 */
public record Violation(
    ObjectRef origin, Model model, Long key, String field, String reason, ObjectRef other) {

  public Violation {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(reason, "reason");
  }
}

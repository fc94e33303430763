package org.aerpaw.portal.backup.model;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.model.column.ConversionWarnings;
import org.aerpaw.portal.backup.model.column.IntegerColumn;
import org.aerpaw.portal.backup.model.column.TextColumn;

/**
 * A field of a model that is a column of its table: a plain value or a reference.
 *
 * @param name as fixtures have it
 * @param target the model a reference points to, else null
 * @param initial makes the value that a new object has; null where nothing says one
 */
public record Field(
    String name, Column column, boolean nullable, Model target, Supplier<Object> initial) {

  public Field {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(initial, "initial");
  }

  public boolean isReference() {
    return target != null;
  }

  /** The column's value for what a fixture says; null for null. */
  public Object convert(Object json, ConversionWarnings warnings) {
    if (json == null) {
      if (!nullable) {
        throw new BadValueException("null is not allowed");
      }
      return null;
    }
    return isReference()
        ? ((IntegerColumn) column.type()).convertKey(json)
        : column.type().convert(json, warnings);
  }

  /**
   * The column's value where a fixture leaves the field out: the model's default, else null, else
   * the empty text; empty where none of these can be.
   */
  public Optional<FieldDefault> defaultValue() {
    Object value = initial.get();
    if (value != null || nullable) {
      return Optional.of(new FieldDefault(value));
    }
    return column.type() instanceof TextColumn
        ? Optional.of(new FieldDefault(""))
        : Optional.empty();
  }
}

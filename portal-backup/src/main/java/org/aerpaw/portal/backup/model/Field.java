package org.aerpaw.portal.backup.model;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.model.column.ConversionWarnings;
import org.aerpaw.portal.backup.model.column.IntegerColumn;
import org.aerpaw.portal.backup.model.column.TextColumn;

/**
 * A field of a model with a column: a value or a reference.
 *
 * @param name the name in fixtures
 * @param target the model that a reference refers to; null for a value
 * @param owned whether the object belongs to the target of the reference, and is deleted with it
 * @param creationTime whether the value is the time at which the object was created
 * @param initial supplies the value of new objects, or null if they have none; is itself never null
 */
public record Field(
    String name,
    Column column,
    boolean nullable,
    Model target,
    boolean owned,
    boolean creationTime,
    Supplier<Object> initial) {

  public Field {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(initial, "initial");
  }

  public boolean isReference() {
    return target != null;
  }

  /** Converts a value of a fixture to the value of the column. */
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
   * The value of the column if a fixture lacks the field: the default of the entity, otherwise
   * null, otherwise the empty text; empty if none of these is possible.
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

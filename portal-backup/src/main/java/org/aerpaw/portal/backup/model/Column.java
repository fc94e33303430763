package org.aerpaw.portal.backup.model;

import java.util.Objects;
import org.aerpaw.portal.backup.model.column.ColumnType;
import org.aerpaw.portal.backup.postgres.Identifiers;

/**
 * A column of a model's own table.
 *
 * @param name as the database has it
 */
public record Column(String name, ColumnType type) {

  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /** The name as it stands in a statement. */
  public String sql() {
    return Identifiers.quoted(name);
  }
}

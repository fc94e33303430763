package org.aerpaw.portal.backup.model;

import java.util.Objects;
import org.aerpaw.portal.backup.model.column.ColumnType;
import org.aerpaw.portal.backup.postgres.Identifiers;

/**
 * A column of a model's own table.
 *
 * @param name the name in the database
 */
public record Column(String name, ColumnType type) {

  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /** The name for SQL statements, quoted if necessary. */
  public String sql() {
    return Identifiers.quoted(name);
  }
}

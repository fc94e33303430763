package org.aerpaw.portal.backup.model;

import java.util.Objects;
import org.aerpaw.portal.backup.model.column.ColumnType;
import org.aerpaw.portal.backup.postgres.Identifiers;

/**
 * A column of a model's own table, or of the join table of one of its lists.
 *
 * @param name the name in the database
 */
public record Column(String name, ColumnType type) {

  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /** The quoted name for SQL statements. */
  public String sql() {
    return Identifiers.quoted(name);
  }
}

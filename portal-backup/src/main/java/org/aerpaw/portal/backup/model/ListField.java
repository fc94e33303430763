package org.aerpaw.portal.backup.model;

import java.util.List;
import java.util.Objects;
import org.aerpaw.portal.backup.model.column.IntegerColumn;
import org.aerpaw.portal.backup.postgres.Identifiers;

/**
 * A many-to-many list of references, stored in a join table.
 *
 * @param name the name in fixtures
 * @param table the join table
 * @param source the column that refers to the list's owner
 * @param target the column that refers to the list's items
 * @param model the model of the items
 * @param ordering the terms by which an unmasked dump sorts the items, before it sorts them by key
 */
public record ListField(
    String name, String table, Column source, Column target, Model model, List<SortKey> ordering) {

  public ListField {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(model, "model");
    ordering = List.copyOf(ordering);
  }

  /** The name of the join table for SQL statements. */
  public String sql() {
    return Identifiers.quoted(table);
  }

  /** Converts an item in a fixture to a primary key. */
  public Object convertItem(Object json) {
    return ((IntegerColumn) target.type()).convertKey(json);
  }
}

package org.aerpaw.portal.backup.model;

import java.util.List;
import java.util.Objects;
import org.aerpaw.portal.backup.model.column.IntegerColumn;
import org.aerpaw.portal.backup.postgres.Identifiers;

/**
 * A many-to-many list: the keys of another model's objects, kept in a table of its own.
 *
 * @param name as fixtures have it
 * @param table the table of pairs
 * @param source its column for the list's owner
 * @param target its column for the list's items
 * @param model whose keys the list holds
 * @param ordering how a dump orders the list, before the key
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

  /** The table's name as it stands in a statement. */
  public String sql() {
    return Identifiers.quoted(table);
  }

  /** The key that a fixture's list item stands for. */
  public Object convertItem(Object json) {
    return ((IntegerColumn) target.type()).convertKey(json);
  }
}

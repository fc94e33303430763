package org.aerpaw.portal.backup.model;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aerpaw.portal.backup.model.column.ColumnType;
import org.aerpaw.portal.backup.postgres.Identifiers;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Compares the tables of a database with the mapping. Dumps and loads stop if they differ, since
 * data of unknown columns would be lost.
 */
public final class SchemaValidator {

  private static final String COLUMNS =
      "SELECT a.attname, t.typname, a.attgenerated <> '' FROM pg_catalog.pg_attribute a"
          + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
          + " WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped";

  private record ActualColumn(String type, boolean isGenerated) {}

  /** The primary key of a join table, which fixtures do not contain. */
  private static final String JOIN_TABLE_KEY = "id";

  private final List<String> differences = new ArrayList<>();

  private SchemaValidator() {}

  /**
   * Finds the differences between the tables of these models and the mapping, one sentence each.
   */
  public static List<String> differences(Collection<Model> models, Transaction transaction)
      throws SQLException {
    var check = new SchemaValidator();
    for (Model model : models) {
      Map<String, ColumnType> mapped = new LinkedHashMap<>();
      mapped.put(model.key().name(), model.key().type());
      model.fields().forEach(field -> mapped.put(field.column().name(), field.column().type()));
      check.compare(model.table(), mapped, columns(transaction, model.table()));
      for (ListField list : model.lists()) {
        Map<String, ActualColumn> actual = columns(transaction, list.table());
        actual.remove(JOIN_TABLE_KEY);
        check.compare(
            list.table(),
            Map.of(
                list.source().name(),
                list.source().type(),
                list.target().name(),
                list.target().type()),
            actual);
      }
    }
    return check.differences;
  }

  private void compare(
      String table, Map<String, ColumnType> mapped, Map<String, ActualColumn> actual) {
    if (actual.isEmpty()) {
      differences.add("no table " + table);
      return;
    }
    new TreeMap<>(mapped)
        .forEach(
            (column, type) -> {
              ActualColumn found = actual.get(column);
              if (found == null) {
                differences.add("no column " + table + "." + column);
              } else if (found.isGenerated()) {
                differences.add(
                    "column " + table + "." + column + " is generated, so no values can be loaded");
              } else if (!type.postgresTypes().contains(found.type())) {
                differences.add(
                    "column "
                        + table
                        + "."
                        + column
                        + " is "
                        + found.type()
                        + ", not "
                        + String.join(" or ", type.postgresTypes()));
              }
            });
    // The values of an unmapped generated column are not lost: the database generates them again.
    actual.forEach(
        (column, found) -> {
          if (!mapped.containsKey(column) && !found.isGenerated()) {
            differences.add("column " + table + "." + column + " is not mapped");
          }
        });
  }

  private static Map<String, ActualColumn> columns(Transaction transaction, String table)
      throws SQLException {
    Map<String, ActualColumn> columns = new TreeMap<>();
    transaction.query(
        row -> columns.put(row.getString(1), new ActualColumn(row.getString(2), row.getBoolean(3))),
        COLUMNS,
        Identifiers.quoted(table));
    return columns;
  }
}

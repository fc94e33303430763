package org.aerpaw.portal.backup.model;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.model.column.ColumnType;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Compares the tables of a database with the mapping. Dumps and loads stop if they differ, since
 * data of unknown columns would be lost.
 */
public final class SchemaValidator {

  private static final String COLUMNS =
      "SELECT name, a.attname, t.typname, a.attgenerated <> '' FROM unnest(?) name"
          + " JOIN pg_catalog.pg_attribute a ON a.attrelid = to_regclass(quote_ident(name))"
          + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
          + " WHERE a.attnum > 0 AND NOT a.attisdropped";

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
    Map<String, Map<String, ActualColumn>> tables = columns(models, transaction);
    for (Model model : models) {
      Map<String, ColumnType> mapped = new LinkedHashMap<>();
      mapped.put(model.key().name(), model.key().type());
      model.fields().forEach(field -> mapped.put(field.column().name(), field.column().type()));
      check.compare(model.table(), mapped, tables.getOrDefault(model.table(), Map.of()));
      for (ListField list : model.lists()) {
        Map<String, ActualColumn> actual = tables.getOrDefault(list.table(), new TreeMap<>());
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
            differences.add(
                "the portal does not know the column "
                    + table
                    + "."
                    + column
                    + "; its values would be lost");
          }
        });
  }

  /** Reads the columns of each table that exists. */
  private static Map<String, Map<String, ActualColumn>> columns(
      Collection<Model> models, Transaction transaction) throws SQLException {
    String[] names =
        models.stream()
            .flatMap(
                model ->
                    Stream.concat(
                        Stream.of(model.table()), model.lists().stream().map(ListField::table)))
            .toArray(String[]::new);
    Map<String, Map<String, ActualColumn>> tables = new HashMap<>();
    transaction.query(
        row ->
            tables
                .computeIfAbsent(row.getString(1), table -> new TreeMap<>())
                .put(row.getString(2), new ActualColumn(row.getString(3), row.getBoolean(4))),
        COLUMNS,
        (Object) names);
    return tables;
  }
}

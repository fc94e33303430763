package org.aerpaw.portal.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of all tables in the catalog of a database, to compare two databases.
 *
 * <p>The primary keys of many-to-many tables are left out: nothing refers to them, and loads may
 * assign others.
 */
public final class TableContents {

  private static final String TABLES =
      "SELECT c.oid::regclass::text, (SELECT count(*) FROM pg_attribute a WHERE"
          + " a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) = 3"
          + " AND (SELECT count(*) FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f') = 2"
          + " FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace";

  private TableContents() {}

  /** The rows as JSON text, sorted, by the table's name. */
  public static Map<String, List<String>> of(TestDatabase database) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      Map<String, List<String>> contents = new TreeMap<>();
      Map<String, Boolean> tables = new TreeMap<>();
      try (var rows = statement.executeQuery(TABLES)) {
        while (rows.next()) {
          tables.put(rows.getString(1), rows.getBoolean(2));
        }
      }
      for (var table : tables.entrySet()) {
        String row = table.getValue() ? "to_jsonb(t) - 'id'" : "to_jsonb(t)";
        contents.put(
            table.getKey(),
            strings(
                statement, "SELECT (" + row + ")::text FROM " + table.getKey() + " t ORDER BY 1"));
      }
      return contents;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read " + database.name(), e);
    }
  }

  private static List<String> strings(Statement statement, String query) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }
}

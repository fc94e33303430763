package org.aerpaw.portal.backup;

import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.testing.TestDatabase;

/**
 * Rows that say only what a test is about: a column that allows no null and is not named gets the
 * empty text, false, zero or the first moment of 2022.
 */
final class Rows {

  private static final String REQUIRED =
      "SELECT column_name, CASE data_type WHEN 'boolean' THEN 'false' WHEN"
          + " 'character varying' THEN '' WHEN 'text' THEN ''"
          + " WHEN 'timestamp with time zone' THEN '2022-01-01T00:00:00Z' ELSE '0' END"
          + " FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ?"
          + " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'";

  private Rows() {}

  /**
   * @param columnsAndValues in turn; a value is passed on as its text, null as null
   */
  static void insert(TestDatabase database, String table, Object... columnsAndValues)
      throws SQLException {
    Map<String, String> row = new LinkedHashMap<>();
    try (var connection = database.connect()) {
      try (var required = connection.prepareStatement(REQUIRED)) {
        required.setString(1, table);
        try (var result = required.executeQuery()) {
          while (result.next()) {
            row.put(result.getString(1), result.getString(2));
          }
        }
      }
      for (int i = 0; i < columnsAndValues.length; i += 2) {
        Object value = columnsAndValues[i + 1];
        row.put((String) columnsAndValues[i], value == null ? null : value.toString());
      }
      List<String> columns = new ArrayList<>();
      row.keySet().forEach(column -> columns.add('"' + column + '"'));
      String values = String.join(", ", row.keySet().stream().map(column -> "?").toList());
      String sql =
          "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES (" + values + ")";
      try (var insert = connection.prepareStatement(sql)) {
        int place = 1;
        for (String value : row.values()) {
          insert.setObject(place++, value, Types.OTHER);
        }
        insert.executeUpdate();
      }
    }
  }
}

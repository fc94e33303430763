package org.aerpaw.portal.conformance;

import static java.util.stream.Collectors.toSet;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aerpaw.portal.fixtures.mapping.ListField;
import org.aerpaw.portal.fixtures.mapping.ModelRegistry;
import org.aerpaw.portal.fixtures.sql.Transaction;
import org.aerpaw.portal.testing.TestDatabase;

/** The rows of all tables that the catalog has in the schema {@code public}, as text: two databases that are the same have the same. */
final class DatabaseRows {

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'";

  private DatabaseRows() {}

  /** By table, sorted. The keys of pairs in lists are left out: no fixture holds them. */
  static Map<String, List<String>> of(TestDatabase database, ModelRegistry registry)
      throws SQLException {
    Set<String> lists =
        registry.models().stream()
            .flatMap(model -> model.lists().stream())
            .map(ListField::table)
            .collect(toSet());
    Map<String, List<String>> rows = new TreeMap<>();
    try (Transaction transaction = Transaction.beginSnapshot(database.dataSource())) {
      for (String table : transaction.query(row -> row.getString(1), TABLES)) {
        String text =
            "(to_jsonb(t)" + (lists.contains(table) ? " - 'id'" : "") + ")::text COLLATE \"C\"";
        rows.put(
            table,
            transaction.query(
                row -> row.getString(1),
                "SELECT " + text + " FROM \"" + table + "\" t ORDER BY 1"));
      }
    }
    return rows;
  }
}

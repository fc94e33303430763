package org.aerpaw.portal.conformance;

import static java.util.stream.Collectors.toSet;

import java.sql.SQLException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.aerpaw.portal.fixtures.mapping.ListField;
import org.aerpaw.portal.fixtures.mapping.ModelRegistry;
import org.aerpaw.portal.fixtures.sql.Transaction;
import org.aerpaw.portal.testing.TestDatabase;

/** The rows of all tables that the catalog has in the schema {@code public}, as text: two databases that are the same have the same. */
final class DatabaseRows {

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'";

  private DatabaseRows() {}

  /** Each with its table. The keys of pairs in lists are left out: no fixture holds them. */
  static SortedSet<String> of(TestDatabase database, ModelRegistry registry) throws SQLException {
    Set<String> lists =
        registry.models().stream()
            .flatMap(model -> model.lists().stream())
            .map(ListField::table)
            .collect(toSet());
    SortedSet<String> rows = new TreeSet<>();
    try (Transaction transaction = Transaction.beginSnapshot(database.dataSource())) {
      for (String table : transaction.query(row -> row.getString(1), TABLES)) {
        String shown = lists.contains(table) ? "to_jsonb(t) - 'id'" : "to_jsonb(t)";
        rows.addAll(
            transaction.query(
                row -> table + " " + row.getString(1),
                "SELECT (" + shown + ")::text FROM \"" + table + "\" t"));
      }
    }
    return rows;
  }
}

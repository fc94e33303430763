package org.aerpaw.portal.backup;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.testing.TestDatabase;

/**
 * Everything that a load could change, as PostgreSQL's catalog lists it: two databases, or one at
 * two moments, are the same if these are equal.
 *
 * @param rows of each of the portal's tables as JSON, and which contents were loaded
 * @param nextKeys what each sequence hands out next
 */
public record DatabaseContent(Map<String, List<String>> rows, Map<String, Long> nextKeys) {

  private static final String SELECT_ROWS =
      "SELECT format('SELECT %L, to_jsonb(t)::text FROM %I.%I t', table_name, table_schema, table_name)"
          + " FROM information_schema.tables WHERE table_schema = 'public' OR table_name = 'loaded_content'";
  private static final String SELECT_NEXT_KEYS =
      "SELECT format('SELECT %L, last_value + is_called::int FROM public.%I', sequencename, sequencename)"
          + " FROM pg_sequences WHERE schemaname = 'public'";

  public static DatabaseContent of(TestDatabase database) throws SQLException {
    try (var transaction = Transaction.beginSnapshot(database.dataSource())) {
      return new DatabaseContent(rows(transaction), nextKeys(transaction));
    }
  }

  /** Without what no fixture shows: the keys of pairs, and the sequences. */
  public Map<String, List<String>> asFixturesShowIt() {
    var shown = new TreeMap<String, List<String>>();
    rows.forEach(
        (table, content) ->
            shown.put(
                table,
                content.stream()
                    .map(row -> isTableOfPairs(row) ? row.replaceFirst("\"id\": \\d+, ", "") : row)
                    .sorted()
                    .toList()));
    shown.remove("loaded_content");
    return shown;
  }

  /** A key and two references, and nothing else. */
  private static boolean isTableOfPairs(String row) {
    return row.matches("\\{\"id\": \\d+(, \"\\w+_id\": \\d+){2}}");
  }

  private static Map<String, List<String>> rows(Transaction transaction) throws SQLException {
    var rows = new TreeMap<String, List<String>>();
    transaction.query(
        row ->
            rows.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                .add(row.getString(2)),
        union(transaction, SELECT_ROWS) + " ORDER BY 1, 2");
    return rows;
  }

  private static Map<String, Long> nextKeys(Transaction transaction) throws SQLException {
    var next = new TreeMap<String, Long>();
    transaction.query(
        row -> next.put(row.getString(1), row.getLong(2)), union(transaction, SELECT_NEXT_KEYS));
    return next;
  }

  /** The statements that a statement makes, as one. */
  private static String union(Transaction transaction, String statements) throws SQLException {
    return String.join(" UNION ALL ", transaction.query(row -> row.getString(1), statements));
  }
}

package org.aerpaw.portal.backup.load.staging;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Removes staged objects that occur again with the same key and the same content, as when a set is
 * loaded together with a fixture with some of its objects.
 */
final class EqualDuplicates {

  private final StagedModel staged;
  private final SqlTemplate sql;

  private EqualDuplicates(StagedModel staged) {
    this.staged = staged;
    this.sql = SqlTemplate.with("rows", staged.rows());
  }

  /**
   * Removes all but the first of the objects with the same key if they equal the first one.
   *
   * @return the number of removed objects
   */
  static long remove(StagedModel staged, Transaction transaction) throws SQLException {
    var duplicates = new EqualDuplicates(staged);
    long removed = transaction.update(duplicates.deletion());
    if (removed > 0) {
      for (String table : duplicates.detailTables().toList()) {
        transaction.update(
            duplicates
                .sql
                .and("table", table)
                .fill(
                    """
                    DELETE FROM {table} t WHERE NOT EXISTS (SELECT FROM {rows} s WHERE s.origin = t.origin)
                    """));
      }
    }
    return removed;
  }

  private String deletion() {
    return sql.and("again", columns("again"))
        .and("first", columns("first"))
        .and("same_details", detailTables().map(this::sameDetails).collect(joining(" ")))
        .fill(
            """
            WITH twice AS (
              SELECT key, min(origin) AS origin FROM {rows}
              WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1)
            DELETE FROM {rows} again USING twice JOIN {rows} first ON first.origin = twice.origin
            WHERE again.key = twice.key AND again.origin <> twice.origin
            AND ROW({again})::record *= ROW({first})::record
            {same_details}
            """);
  }

  /** The values in {@link StagedModel#rows()}, except the origin. */
  private String columns(String alias) {
    Stream<String> fields = staged.model().fields().stream().map(staged::column);
    Stream<String> lists =
        IntStream.range(0, staged.model().lists().size()).mapToObj(staged::hasList);
    return Stream.of(Stream.of("key"), fields, lists)
        .flatMap(columns -> columns)
        .map(column -> alias + "." + column)
        .collect(joining(", "));
  }

  /** The tables with rows that belong to an object: items of lists, and natural keys. */
  private Stream<String> detailTables() {
    Stream<String> lists =
        IntStream.range(0, staged.model().lists().size()).mapToObj(staged::items);
    return staged.naturalKeyFields().isEmpty()
        ? lists
        : Stream.concat(lists, Stream.of(staged.references()));
  }

  /** Details are compared as sorted texts, without their origin. */
  private String sameDetails(String table) {
    return "AND " + details(table, "again") + " IS NOT DISTINCT FROM " + details(table, "first");
  }

  private static String details(String table, String object) {
    return SqlTemplate.with("table", table)
        .and("object", object)
        .fill(
            """
            (SELECT array_agg(text ORDER BY text) FROM (
              SELECT (to_jsonb(d) - 'origin')::text AS text FROM {table} d WHERE d.origin = {object}.origin) d)
            """);
  }
}

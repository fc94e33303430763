package org.aerpaw.portal.backup.load.staging;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import org.aerpaw.portal.backup.load.tables.SequenceSync;
import org.aerpaw.portal.backup.load.tables.TableLocks;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;

/** Assigns primary keys to staged objects without one. */
final class PrimaryKeyAssigner {

  private PrimaryKeyAssigner() {}

  /**
   * Assigns the key of the row with the same unique values, unless another object already has it.
   * The remaining objects are numbered from the highest key in the table, the load and the
   * sequence. The sequence is not advanced, since a rollback would not undo that. {@link
   * TableLocks} prevent concurrent inserts.
   */
  static void assign(StagedModel staged, Transaction transaction) throws SQLException {
    Model model = staged.model();
    if (!staged.lacksKeys()) {
      return;
    }
    SqlTemplate sql =
        SqlTemplate.with("rows", staged.rows())
            .and("table", model.sql())
            .and("key", model.key().sql());
    if (!model.uniques().isEmpty()) {
      String same =
          model.uniques().get(0).stream()
              .map(field -> "t." + field.column().sql() + " = s." + staged.column(field))
              .collect(joining(" AND "));
      transaction.update(
          sql.and("same", same)
              .fill(
                  """
                  UPDATE {rows} s SET key = t.{key} FROM {table} t
                  WHERE s.key IS NULL AND {same} AND NOT EXISTS (SELECT FROM {rows} o WHERE o.key = t.{key})
                  """));
    }
    transaction.update(
        sql.and("last_value", lastSequenceValue(model, transaction))
            .fill(
                """
                UPDATE {rows} s SET key = highest.key + numbered.number
                FROM
                  (SELECT greatest(
                    (SELECT max({key}) FROM {table}), (SELECT max(key) FROM {rows}), {last_value}) AS key) highest,
                  (SELECT origin, row_number() OVER (ORDER BY origin) AS number FROM {rows} WHERE key IS NULL) numbered
                WHERE numbered.origin = s.origin
                """));
  }

  /** A subquery that returns the last value of the key's sequence. */
  private static String lastSequenceValue(Model model, Transaction transaction)
      throws SQLException {
    return SequenceSync.sequence(model, transaction)
        .map(
            sequence ->
                SqlTemplate.with("sequence", sequence)
                    .fill(
                        "(SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {sequence})"))
        .orElse("0");
  }
}

package org.aerpaw.portal.backup.load.staging;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import org.aerpaw.portal.backup.load.tables.SequenceSync;
import org.aerpaw.portal.backup.load.tables.TableLocks;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;

/** Gives primary keys to staged objects that have none. */
final class PrimaryKeyAssigner {

  private PrimaryKeyAssigner() {}

  /**
   * Gives the objects without a key that of the row with the same unique values, if there is one
   * that no other object is for. Numbers the others on from the highest key there is: in the table,
   * in the load or handed out by the sequence. The sequence itself is left alone, as what is done
   * to it cannot be undone; nobody else can insert meanwhile ({@link TableLocks}).
   */
  static void assign(StagedModel staged, Transaction transaction) throws SQLException {
    Model model = staged.model();
    SqlTemplate sql =
        SqlTemplate.with("rows", staged.rows())
            .and("table", model.sql())
            .and("key", model.key().sql());
    if (!staged.lacksKeys()) {
      return;
    }
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
        sql.and("handedOut", lastSequenceValue(model, transaction))
            .fill(
                """
                UPDATE {rows} s SET key = highest.key + given.number
                FROM
                  (SELECT greatest(
                    (SELECT max({key}) FROM {table}), (SELECT max(key) FROM {rows}), {handedOut}) AS key) highest,
                  (SELECT origin, row_number() OVER (ORDER BY origin) AS number FROM {rows} WHERE key IS NULL) given
                WHERE given.origin = s.origin
                """));
  }

  /** The highest key that the sequence has given, as a piece of SQL. */
  private static String lastSequenceValue(Model model, Transaction transaction)
      throws SQLException {
    String sequence = SequenceSync.sequence(model, transaction);
    return sequence == null
        ? "0"
        : SqlTemplate.with("sequence", sequence)
            .fill(
                "(SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {sequence})");
  }
}

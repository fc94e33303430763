package org.aerpaw.portal.backup.load;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;

/** Gives keys to objects that have none, and lets the sequences know which keys are taken. */
final class PrimaryKeyAssigner {

  /** The sequences that belong to a table, as they stand in a statement. */
  private static final String SEQUENCES =
      "SELECT s.oid::regclass::text FROM pg_catalog.pg_class s JOIN pg_catalog.pg_depend d ON d.objid = s.oid"
          + " WHERE s.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjid = to_regclass(?)";

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
        sql.and("handedOut", handedOut(model, transaction))
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
  private static String handedOut(Model model, Transaction transaction) throws SQLException {
    String sequence = sequence(model, transaction);
    return sequence == null
        ? "0"
        : SqlTemplate.with("sequence", sequence)
            .fill(
                "(SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {sequence})");
  }

  /**
   * Moves the sequence on to the highest key of the table, never back. What {@code setval} does
   * outlives a rollback; a sequence that the same transaction has restarted is undone with it.
   */
  static void advanceSequence(Model model, Transaction transaction) throws SQLException {
    String sequence = sequence(model, transaction);
    if (sequence == null) {
      return;
    }
    SqlTemplate sql =
        SqlTemplate.with("key", model.key().sql())
            .and("table", model.sql())
            .and("sequence", sequence);
    List<Long> ahead =
        transaction.query(
            row -> row.getLong(1),
            sql.fill(
                """
                SELECT highest.key FROM (SELECT max({key}) AS key FROM {table}) highest, {sequence} s
                WHERE highest.key > s.last_value OR highest.key = s.last_value AND NOT s.is_called
                """));
    for (long key : ahead) {
      transaction.update("ALTER SEQUENCE " + sequence + " RESTART");
      transaction.query(row -> row.getLong(1), "SELECT setval(?::regclass, ?)", sequence, key);
    }
  }

  /**
   * Lets a rollback undo what the rest of the transaction does to the sequences of the model's
   * tables, by restarting them where they stand.
   */
  static void guardSequences(Model model, Transaction transaction) throws SQLException {
    for (String table : model.tables()) {
      for (String sequence : transaction.query(row -> row.getString(1), SEQUENCES, table)) {
        long next =
            transaction.queryOne(
                row -> row.getLong(1),
                "SELECT CASE WHEN s.is_called THEN s.last_value + p.seqincrement ELSE s.last_value END FROM "
                    + sequence
                    + " s, pg_catalog.pg_sequence p WHERE p.seqrelid = ?::regclass",
                sequence);
        transaction.update("ALTER SEQUENCE " + sequence + " RESTART WITH " + next);
      }
    }
  }

  /**
   * The name of the sequence that the key's column takes its values from, as it stands in a
   * statement; null if there is none.
   */
  private static String sequence(Model model, Transaction transaction) throws SQLException {
    return transaction.queryOne(
        row -> row.getString(1),
        "SELECT pg_get_serial_sequence(?, ?)",
        model.sql(),
        model.key().name());
  }
}

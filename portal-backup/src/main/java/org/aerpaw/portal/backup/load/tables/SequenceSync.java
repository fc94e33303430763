package org.aerpaw.portal.backup.load.tables;

import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;

/** Moves the sequences of primary keys past the keys that a load wrote. */
public final class SequenceSync {

  /** The quoted names of the sequences that belong to a table. */
  private static final String SEQUENCES =
      """
      SELECT s.oid::regclass::text
      FROM pg_catalog.pg_class s JOIN pg_catalog.pg_depend d ON d.objid = s.oid
      WHERE s.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
      AND d.refobjid = to_regclass(?)
      """;

  private SequenceSync() {}

  /**
   * Moves the sequence on to the highest key of the table, never back. What {@code setval} does
   * outlives a rollback; a sequence that the same transaction has restarted is undone with it.
   */
  public static void advance(Model model, Transaction transaction) throws SQLException {
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
  public static void makeTransactional(Model model, Transaction transaction) throws SQLException {
    for (String table : model.tables()) {
      for (String sequence : transaction.query(row -> row.getString(1), SEQUENCES, table)) {
        long next =
            transaction.queryOne(
                row -> row.getLong(1),
                SqlTemplate.with("sequence", sequence)
                    .fill(
                        """
                        SELECT CASE WHEN s.is_called THEN s.last_value + p.seqincrement ELSE s.last_value END
                        FROM {sequence} s, pg_catalog.pg_sequence p WHERE p.seqrelid = ?::regclass
                        """),
                sequence);
        transaction.update("ALTER SEQUENCE " + sequence + " RESTART WITH " + next);
      }
    }
  }

  /** The quoted name of the sequence of the primary key's column; null if there is none. */
  public static String sequence(Model model, Transaction transaction) throws SQLException {
    return transaction.queryOne(
        row -> row.getString(1),
        "SELECT pg_get_serial_sequence(?, ?)",
        model.sql(),
        model.key().name());
  }
}

package org.aerpaw.portal.backup.load.tables;

import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;

/** Advances the sequences of primary keys past the keys that a load wrote. */
public final class SequenceSync {

  /** The quoted names of the sequences owned by a table. */
  private static final String SEQUENCES =
      """
      SELECT s.oid::regclass::text
      FROM pg_catalog.pg_class s JOIN pg_catalog.pg_depend d ON d.objid = s.oid
      WHERE s.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
      AND d.refobjid = to_regclass(?)
      """;

  private SequenceSync() {}

  /**
   * Advances the sequence to the highest key of the table; never moves it back. A rollback does not
   * undo {@code setval} unless the same transaction restarted the sequence before.
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
    List<Long> highest =
        transaction.query(
            row -> row.getLong(1),
            sql.fill(
                """
                SELECT t.highest FROM (SELECT max({key}) AS highest FROM {table}) t, {sequence} s
                WHERE t.highest > s.last_value OR t.highest = s.last_value AND NOT s.is_called
                """));
    for (long key : highest) {
      transaction.update("ALTER SEQUENCE " + sequence + " RESTART");
      transaction.query(row -> row.getLong(1), "SELECT setval(?::regclass, ?)", sequence, key);
    }
  }

  /**
   * Makes a rollback undo all later changes to the sequences of the model's tables, by restarting
   * each one at its next value.
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

  /** The quoted name of the primary key's sequence; null if there is none. */
  public static String sequence(Model model, Transaction transaction) throws SQLException {
    return transaction.queryOne(
        row -> row.getString(1),
        "SELECT pg_get_serial_sequence(?, ?)",
        model.sql(),
        model.key().name());
  }
}

package org.aerpaw.portal.backup.load.tables;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;

/** Advances the sequences of primary keys past the keys that a load wrote. */
public final class SequenceSync {

  /**
   * A sequence and whether the role owns it, which {@code ALTER SEQUENCE} requires.
   *
   * @param name quoted, with its schema if the search path does not contain that
   */
  private record Sequence(String name, boolean owned) {}

  /**
   * The sequences that number the rows of a table: those that belong to one of its columns, and
   * those in the default of one. A sequence loses its column by {@code OWNED BY NONE}.
   */
  private static final String SEQUENCES =
      """
      SELECT s.oid::regclass::text, pg_has_role(s.relowner, 'USAGE')
      FROM pg_catalog.pg_class s
      WHERE s.relkind = 'S' AND s.oid IN (
        SELECT d.objid FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        AND d.refobjid = to_regclass(?) AND (CAST(? AS text) IS NULL OR d.refobjsubid = (
          SELECT attnum FROM pg_catalog.pg_attribute WHERE attrelid = d.refobjid AND attname = ?))
        UNION
        SELECT d.refobjid FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_attrdef f ON f.oid = d.objid
        WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass
        AND f.adrelid = to_regclass(?) AND (CAST(? AS text) IS NULL OR f.adnum = (
          SELECT attnum FROM pg_catalog.pg_attribute WHERE attrelid = f.adrelid AND attname = ?)))
      """;

  private SequenceSync() {}

  /**
   * Advances the sequence to the highest key of the table; never moves it back. A rollback does not
   * undo {@code setval} unless the same transaction restarted the sequence before, which only its
   * owner may do.
   *
   * @return false if the key needs a sequence and none was found; a child's key comes from its
   *     parent and needs none
   */
  public static boolean advance(Model model, boolean dryRun, Transaction transaction)
      throws SQLException {
    Optional<Sequence> found = find(model, transaction);
    if (found.isEmpty()) {
      return model.parent().isPresent();
    }
    Sequence sequence = found.get();
    if (dryRun && !sequence.owned()) {
      return true;
    }
    SqlTemplate sql =
        SqlTemplate.with("key", model.key().sql())
            .and("table", model.sql())
            .and("sequence", sequence.name());
    List<Long> highest =
        transaction.query(
            row -> row.getLong(1),
            sql.fill(
                """
                SELECT t.highest FROM (SELECT max({key}) AS highest FROM {table}) t, {sequence} s
                WHERE t.highest > s.last_value OR t.highest = s.last_value AND NOT s.is_called
                """));
    for (long key : highest) {
      if (sequence.owned()) {
        transaction.update("ALTER SEQUENCE " + sequence.name() + " RESTART");
      }
      transaction.query(
          row -> row.getLong(1), "SELECT setval(?::regclass, ?)", sequence.name(), key);
    }
    return true;
  }

  /**
   * Makes a rollback undo all later changes to the sequences of the model's tables, by restarting
   * each one at its next value. Sequences of other owners cannot be restarted and may keep gaps.
   */
  public static void makeTransactional(Model model, Transaction transaction) throws SQLException {
    for (String table : model.tables()) {
      for (Sequence sequence : sequences(table, null, transaction)) {
        if (sequence.owned()) {
          makeTransactional(sequence.name(), transaction);
        }
      }
    }
  }

  private static void makeTransactional(String sequence, Transaction transaction)
      throws SQLException {
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

  /** The quoted name of the primary key's sequence. */
  public static Optional<String> sequence(Model model, Transaction transaction)
      throws SQLException {
    return find(model, transaction).map(Sequence::name);
  }

  private static Optional<Sequence> find(Model model, Transaction transaction) throws SQLException {
    return sequences(model.sql(), model.key().name(), transaction).stream().findFirst();
  }

  /**
   * @param column the name of a column; null for all
   */
  private static List<Sequence> sequences(String table, String column, Transaction transaction)
      throws SQLException {
    return transaction.query(
        row -> new Sequence(row.getString(1), row.getBoolean(2)),
        SEQUENCES,
        table,
        column,
        column,
        table,
        column,
        column);
  }
}

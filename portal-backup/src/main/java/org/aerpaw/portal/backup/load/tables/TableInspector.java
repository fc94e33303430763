package org.aerpaw.portal.backup.load.tables;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.backup.model.Column;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.Transaction;

/** Queries properties of a model's table and of the join tables of its lists. */
public final class TableInspector {

  /**
   * Whether a table stores rows as they are copied into it: it is not a view, has no triggers,
   * rules or row security, and is not part of an inheritance or partition hierarchy.
   */
  private static final String IS_PLAIN =
      """
      SELECT c.relkind = 'r' AND NOT c.relhasrules AND NOT c.relrowsecurity
        AND NOT c.relhassubclass AND NOT c.relispartition
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid)
      FROM pg_catalog.pg_class c WHERE c.oid = to_regclass(?)
      """;

  /** Whether a unique index covers exactly these columns. */
  private static final String IS_UNIQUE =
      """
      SELECT EXISTS (
        SELECT FROM pg_catalog.pg_index i
        WHERE i.indrelid = to_regclass(?) AND i.indisunique AND i.indisvalid
        AND i.indpred IS NULL AND i.indexprs IS NULL
        AND (SELECT array_agg(a.attname::text ORDER BY a.attname::text COLLATE "C") FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)) = ?)
      """;

  /** The enabled triggers, except those of foreign keys, and the rules of a table. */
  private static final String TRIGGERS =
      """
      SELECT tgname || ' on ' || tgrelid::regclass FROM pg_catalog.pg_trigger
      WHERE tgrelid = to_regclass(?) AND NOT tgisinternal AND tgenabled IN ('O', 'A')
      UNION ALL
      SELECT rulename || ' on ' || ev_class::regclass FROM pg_catalog.pg_rewrite
      WHERE ev_class = to_regclass(?) AND rulename <> '_RETURN' AND ev_enabled IN ('O', 'A')
      ORDER BY 1
      """;

  private final Model model;
  private final Transaction transaction;

  public TableInspector(Model model, Transaction transaction) {
    this.model = model;
    this.transaction = transaction;
  }

  /** Whether all tables of the model are empty. */
  public boolean isEmpty() throws SQLException {
    for (String table : model.tables()) {
      if (transaction.queryOne(
          row -> row.getBoolean(1), "SELECT EXISTS (SELECT FROM " + table + ")")) {
        return false;
      }
    }
    return true;
  }

  /** Whether the role owns the tables, so that it may drop and add their foreign keys. */
  public boolean areOwned() throws SQLException {
    for (String table : model.tables()) {
      if (!transaction.queryOne(
          row -> row.getBoolean(1),
          "SELECT pg_has_role(relowner, 'USAGE') FROM pg_catalog.pg_class WHERE oid = to_regclass(?)",
          table)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the tables store rows as they are copied, and the database rejects duplicates. */
  public boolean acceptsPlainCopy() throws SQLException {
    for (String table : model.tables()) {
      if (!transaction.queryOne(row -> row.getBoolean(1), IS_PLAIN, table)) {
        return false;
      }
    }
    List<List<Column>> uniques = new ArrayList<>();
    uniques.add(List.of(model.key()));
    model.uniques().forEach(unique -> uniques.add(unique.stream().map(Field::column).toList()));
    for (List<Column> unique : uniques) {
      Object[] names = unique.stream().map(Column::name).sorted().toArray();
      if (!transaction.queryOne(row -> row.getBoolean(1), IS_UNIQUE, model.sql(), array(names))) {
        return false;
      }
    }
    return true;
  }

  private Array array(Object[] names) throws SQLException {
    return transaction.connection().createArrayOf("text", names);
  }

  /** The triggers and rules of the tables, such as {@code set_modified on users_aerpawuser}. */
  public List<String> triggers() throws SQLException {
    List<String> triggers = new ArrayList<>();
    for (String table : model.tables()) {
      triggers.addAll(transaction.query(row -> row.getString(1), TRIGGERS, table, table));
    }
    return triggers;
  }

  /** The size of the tables on disk. */
  public long bytes() throws SQLException {
    long bytes = 0;
    for (String table : model.tables()) {
      bytes +=
          transaction.queryOne(
              row -> row.getLong(1), "SELECT pg_table_size(to_regclass(?))", table);
    }
    return bytes;
  }
}

package org.aerpaw.portal.backup.load.tables;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.copy.CopyWriter;

/**
 * Drops the indexes of empty tables and creates them again when the rows are there, as a restore of
 * {@code pg_dump} does: building an index takes a fraction of the time that adding rows to it
 * takes.
 */
public final class Indexes {

  /**
   * The indexes that can be restored completely from their definitions, including those of primary
   * keys and unique constraints: valid, without a comment or options that the definition lacks, and
   * with nothing else that depends on them. A foreign key depends on the index of the key that it
   * refers to.
   */
  private static final String DROPPABLE =
      """
      SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, quote_ident(c.conname),
        coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid))
      FROM pg_catalog.pg_index i
      JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
      LEFT JOIN pg_catalog.pg_constraint c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid
        AND c.contype IN ('p', 'u', 'x')
      WHERE i.indrelid = to_regclass(?) AND i.indisvalid AND NOT i.indisclustered AND NOT i.indisreplident
      AND x.reltablespace = 0 AND (c.oid IS NULL OR c.contype <> 'x' AND x.reloptions IS NULL)
      AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_description d
        WHERE d.objoid = i.indexrelid AND d.classoid = 'pg_class'::regclass
        OR d.objoid = c.oid AND d.classoid = 'pg_constraint'::regclass)
      AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0)
      AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indexrelid
        OR d.refclassid = 'pg_constraint'::regclass AND d.refobjid = c.oid
          AND NOT (d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid))
      ORDER BY x.relname
      """;

  /**
   * @param constraint the quoted name of its constraint; null if it has none
   */
  private record Index(String table, String name, String constraint, String definition) {

    String drop() {
      return constraint == null
          ? "DROP INDEX " + name
          : of("ALTER TABLE {table} DROP CONSTRAINT {constraint}");
    }

    String create() {
      return constraint == null
          ? definition
          : of("ALTER TABLE {table} ADD CONSTRAINT {constraint} {definition}");
    }

    private String of(String sql) {
      return SqlTemplate.with("table", table)
          .and("constraint", constraint)
          .and("definition", definition)
          .fill(sql);
    }
  }

  private final Transaction transaction;
  private final Map<Model, List<Index>> dropped = new LinkedHashMap<>();

  public Indexes(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Drops the indexes of the model's tables. */
  public void drop(Model model) throws SQLException {
    List<Index> all = new ArrayList<>();
    for (String table : model.tables()) {
      List<Index> found =
          transaction.query(
              row ->
                  new Index(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
              DROPPABLE,
              table);
      for (Index index : found) {
        transaction.update(index.drop());
      }
      all.addAll(found);
    }
    dropped.put(model, all);
  }

  /**
   * Creates the dropped indexes of a model again, after the rows that were written before. That
   * fails if rows have the same unique values.
   */
  public void recreate(Model model, CopyWriter copies) throws SQLException {
    List<Index> indexes = dropped.remove(model);
    if (indexes != null) {
      for (Index index : indexes) {
        copies.execute(index.create());
      }
    }
  }

  /** Creates all other dropped indexes again, as {@link #recreate(Model, CopyWriter)} does. */
  public void recreate(CopyWriter copies) throws SQLException {
    for (Model model : List.copyOf(dropped.keySet())) {
      recreate(model, copies);
    }
  }
}

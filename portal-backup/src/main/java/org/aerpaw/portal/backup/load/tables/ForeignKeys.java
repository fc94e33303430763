package org.aerpaw.portal.backup.load.tables;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.model.Column;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Drops the foreign keys of tables before rows are copied into them, and creates them again
 * afterwards in the same transaction. PostgreSQL checks existing foreign keys row by row, but a new
 * one with a single join.
 */
public final class ForeignKeys {

  /**
   * The foreign keys that can be restored completely from their definitions: validated, without a
   * comment, and not part of an inheritance or partition hierarchy.
   */
  private static final String DROPPABLE =
      """
      SELECT c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid)
      FROM pg_catalog.pg_constraint c
      WHERE c.contype = 'f' AND c.convalidated AND c.conislocal AND c.coninhcount = 0 AND c.conparentid = 0
      AND c.conrelid = to_regclass(?)
      AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_description d WHERE d.objoid = c.oid AND d.classoid = 'pg_constraint'::regclass)
      ORDER BY c.conname
      """;

  /** The validated foreign keys of one column. */
  private static final String VALIDATED =
      """
      SELECT c.conname FROM pg_catalog.pg_constraint c
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype = 'f' AND c.convalidated AND cardinality(c.conkey) = 1
      AND c.conrelid = to_regclass(?) AND a.attname = ? AND c.confrelid = to_regclass(?)
      """;

  private record ForeignKey(String table, String name, String definition) {}

  private record Reference(String table, Column column, Model target) {}

  private final Transaction transaction;
  private final List<ForeignKey> dropped = new ArrayList<>();

  public ForeignKeys(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Drops the foreign keys of the model's tables. */
  public void drop(Model model) throws SQLException {
    for (String table : model.tables()) {
      List<ForeignKey> found =
          transaction.query(
              row -> new ForeignKey(row.getString(1), row.getString(2), row.getString(3)),
              DROPPABLE,
              table);
      for (ForeignKey key : found) {
        transaction.update(of(key).fill("ALTER TABLE {table} DROP CONSTRAINT {name}"));
      }
      dropped.addAll(found);
    }
  }

  /**
   * Creates the dropped foreign keys again.
   *
   * @throws SQLException if a row refers to a missing row
   */
  public void recreate() throws SQLException {
    for (ForeignKey key : dropped) {
      transaction.update(
          of(key)
              .and("definition", key.definition())
              .fill("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"));
    }
    dropped.clear();
  }

  /**
   * Whether every reference of the model's rows has a target. Queries the rows only if no validated
   * foreign key guarantees it.
   */
  public boolean allReferencesResolve(Model model) throws SQLException {
    for (Reference reference : references(model).toList()) {
      if (!isGuaranteed(reference) && dangles(reference)) {
        return false;
      }
    }
    return true;
  }

  private boolean isGuaranteed(Reference reference) throws SQLException {
    return !transaction
        .query(
            row -> row.getString(1),
            VALIDATED,
            reference.table(),
            reference.column().name(),
            reference.target().sql())
        .isEmpty();
  }

  private boolean dangles(Reference reference) throws SQLException {
    return transaction.queryOne(
        row -> row.getBoolean(1),
        SqlTemplate.with("table", reference.table())
            .and("reference", reference.column().sql())
            .and("target", reference.target().sql())
            .and("key", reference.target().key().sql())
            .fill(
                """
                SELECT EXISTS (
                  SELECT FROM {table} t WHERE t.{reference} IS NOT NULL
                  AND NOT EXISTS (SELECT FROM {target} o WHERE o.{key} = t.{reference}))
                """));
  }

  private static Stream<Reference> references(Model model) {
    Stream<Reference> parent =
        model.parent().stream().map(target -> new Reference(model.sql(), model.key(), target));
    Stream<Reference> fields =
        model.fields().stream()
            .filter(Field::isReference)
            .map(field -> new Reference(model.sql(), field.column(), field.target()));
    Stream<Reference> lists = model.lists().stream().flatMap(list -> references(model, list));
    return Stream.of(parent, fields, lists).flatMap(stream -> stream);
  }

  private static Stream<Reference> references(Model owner, ListField list) {
    return Stream.of(
        new Reference(list.sql(), list.source(), owner),
        new Reference(list.sql(), list.target(), list.model()));
  }

  private static SqlTemplate of(ForeignKey key) {
    return SqlTemplate.with("table", key.table()).and("name", key.name());
  }
}

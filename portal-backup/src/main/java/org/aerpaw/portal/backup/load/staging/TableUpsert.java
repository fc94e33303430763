package org.aerpaw.portal.backup.load.staging;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.load.tables.CascadeCheck;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.model.Column;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Brings the staged objects of one model into its tables. {@link #plan} finds out what differs and
 * writes only into temporary tables: the action for each object (create, update, none), the pairs
 * to add and to remove. {@link #write} does just that.
 *
 * <p>Rows are compared by their bytes ({@code *<>}), so that -0.0 is not taken for 0.0; one that is
 * equal is not touched.
 */
public final class TableUpsert {

  // What a plan says, as it stands in statements.
  private static final String CREATE = "'c'";
  private static final String UPDATE = "'u'";
  private static final String NONE = "'n'";
  private static final String ADD = "'a'";
  private static final String REMOVE = "'r'";

  private final StagedModel staged;
  private final Model model;
  private final Transaction transaction;
  private final SqlTemplate sql;
  private Counts counts = Counts.NONE;

  public TableUpsert(StagedModel staged, Transaction transaction) {
    this.staged = staged;
    this.model = staged.model();
    this.transaction = transaction;
    this.sql =
        SqlTemplate.with("table", model.sql())
            .and("key", model.key().sql())
            .and("rows", staged.rows())
            .and("plan", staged.plan())
            .and("create", CREATE)
            .and("update", UPDATE)
            .and("none", NONE)
            .and("add", ADD)
            .and("remove", REMOVE);
  }

  public Model model() {
    return model;
  }

  /** What {@link #write} will do; known when it is planned. */
  public Counts counts() {
    return counts;
  }

  /** Expects that every object has a key and no two have the same. */
  public void plan() throws SQLException {
    planRows();
    for (int i = 0; i < model.lists().size(); i++) {
      planLinks(i);
    }
    count();
  }

  public void write() throws SQLException, RunFailedException {
    long toUpdate = countPlanned(staged.plan(), UPDATE);
    long replaced = deleteConflictingRows();
    requireAll(replaced + update(), toUpdate, "updated");
    requireAll(insert() - replaced, counts.created(), "created");
    for (int i = 0; i < model.lists().size(); i++) {
      requireAll(removeLinks(i), countPlanned(staged.links(i), REMOVE), "unlinked");
      requireAll(addLinks(i), countPlanned(staged.links(i), ADD), "linked");
    }
  }

  private void planRows() throws SQLException {
    String columns =
        model.fields().stream().map(field -> "t." + field.column().sql()).collect(joining(", "));
    String values =
        model.fields().stream().map(field -> "s." + staged.column(field)).collect(joining(", "));
    create(
        staged.plan(),
        sql.and("columns", columns)
            .and("values", values)
            .fill(
                """
                SELECT s.key, CASE
                  WHEN t.{key} IS NULL THEN {create}
                  WHEN ROW({columns})::record *<> ROW({values})::record THEN {update}
                  ELSE {none}
                END AS action
                FROM {rows} s LEFT JOIN {table} t ON t.{key} = s.key
                """));
  }

  private void planLinks(int list) throws SQLException {
    create(
        staged.links(list),
        link(list)
            .fill(
                """
                SELECT s.key, i.target, {add} AS action
                FROM {items} i JOIN {rows} s ON s.origin = i.origin
                WHERE NOT EXISTS (SELECT FROM {pairs} l WHERE l.{source} = s.key AND l.{target} = i.target)
                UNION ALL
                SELECT s.key, l.{target}, {remove}
                FROM {pairs} l JOIN {rows} s ON s.key = l.{source}
                WHERE s.{has} AND NOT EXISTS (SELECT FROM {items} i WHERE i.origin = s.origin AND i.target = l.{target})
                """));
  }

  private void create(String table, String query) throws SQLException {
    transaction.update("CREATE TEMPORARY TABLE " + table + " ON COMMIT DROP AS " + query);
    transaction.update("ANALYZE " + table);
  }

  /** An object is updated, too, if only its lists differ. */
  private void count() throws SQLException {
    String relinked =
        IntStream.range(0, model.lists().size())
            .mapToObj(list -> "SELECT key FROM " + staged.links(list))
            .collect(joining(" UNION ALL "));
    counts =
        transaction.queryOne(
            row ->
                new Counts(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3) - row.getLong(1) - row.getLong(2),
                    0),
            sql.and("relinked", relinked.isEmpty() ? "NULL" : relinked)
                .fill(
                    """
                    SELECT
                      count(*) FILTER (WHERE action = {create}),
                      count(*) FILTER (WHERE action = {update} OR action = {none} AND key IN ({relinked})),
                      count(*)
                    FROM {plan}
                    """));
  }

  /**
   * Takes rows away that hold a unique value which another object is to get while they get another
   * one; they come back with the created ones. PostgreSQL would refuse to update such rows one
   * after the other.
   */
  private long deleteConflictingRows() throws SQLException, RunFailedException {
    long removed = 0;
    for (List<Field> unique : model.uniques()) {
      String wanted =
          unique.stream()
              .map(field -> "w." + staged.column(field) + " = t." + field.column().sql())
              .collect(joining(" AND "));
      long conflictingRows =
          transaction.update(
              sql.and("wanted", wanted)
                  .fill(
                      """
                      DELETE FROM {table} t USING {plan} p
                      WHERE p.key = t.{key} AND p.action = {update}
                      AND EXISTS (SELECT FROM {rows} w WHERE {wanted} AND w.key <> t.{key})
                      """));
      if (conflictingRows > 0) {
        CascadeCheck.requireNone(
            model, "the load must delete rows to swap unique values", transaction);
        transaction.update(
            sql.fill(
                """
                UPDATE {plan} p SET action = {create}
                WHERE action = {update} AND NOT EXISTS (SELECT FROM {table} t WHERE t.{key} = p.key)
                """));
      }
      removed += conflictingRows;
    }
    return removed;
  }

  private long update() throws SQLException {
    if (model.fields().isEmpty()) {
      return 0;
    }
    String assignments =
        model.fields().stream()
            .map(field -> field.column().sql() + " = s." + staged.column(field))
            .collect(joining(", "));
    return transaction.update(
        sql.and("assignments", assignments)
            .fill(
                """
                UPDATE {table} t SET {assignments}
                FROM {rows} s JOIN {plan} p ON p.key = s.key
                WHERE p.action = {update} AND t.{key} = s.key
                """));
  }

  private long insert() throws SQLException {
    String columns =
        Stream.concat(Stream.of(model.key()), model.fields().stream().map(Field::column))
            .map(Column::sql)
            .collect(joining(", "));
    String values =
        Stream.concat(Stream.of("key"), model.fields().stream().map(staged::column))
            .map("s."::concat)
            .collect(joining(", "));
    return transaction.update(
        sql.and("into", columns)
            .and("from", values)
            .fill(
                """
                INSERT INTO {table} ({into}) OVERRIDING SYSTEM VALUE
                SELECT {from} FROM {rows} s JOIN {plan} p ON p.key = s.key
                WHERE p.action = {create}
                ORDER BY s.key
                """));
  }

  private long removeLinks(int list) throws SQLException {
    return transaction.update(
        link(list)
            .fill(
                """
                DELETE FROM {pairs} l USING {links} p
                WHERE p.action = {remove} AND l.{source} = p.key AND l.{target} = p.target
                """));
  }

  private long addLinks(int list) throws SQLException {
    return transaction.update(
        link(list)
            .fill(
                """
                INSERT INTO {pairs} ({source}, {target})
                SELECT key, target FROM {links} WHERE action = {add}
                ORDER BY key, target
                """));
  }

  private long countPlanned(String plan, String action) throws SQLException {
    return transaction.queryOne(
        row -> row.getLong(1), "SELECT count(*) FROM " + plan + " WHERE action = " + action);
  }

  /** A trigger or a rule of the database could swallow rows: that must not pass for a load. */
  private void requireAll(long rows, long planned, String what) throws RunFailedException {
    if (rows != planned) {
      throw new RunFailedException(
          model
              + ": the database "
              + what
              + " "
              + rows
              + " rows where "
              + planned
              + " were planned",
          null);
    }
  }

  /** With the places of a list's tables as well. */
  private SqlTemplate link(int number) {
    ListField list = model.lists().get(number);
    return sql.and("pairs", list.sql())
        .and("source", list.source().sql())
        .and("target", list.target().sql())
        .and("items", staged.items(number))
        .and("links", staged.links(number))
        .and("has", staged.has(number));
  }
}

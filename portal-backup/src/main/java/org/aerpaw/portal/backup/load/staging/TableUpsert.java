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
 * Writes the staged objects of one model to its tables. {@link #plan} stores in temporary tables
 * what to do: an action for each object, and the rows to add to and remove from join tables. {@link
 * #write} executes the plan.
 *
 * <p>Rows are compared byte by byte ({@code *<>}), which distinguishes -0.0 from 0.0. Equal rows
 * are not written.
 */
public final class TableUpsert {

  // The actions of a plan, as SQL literals.
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

  /** The rows that {@link #write} will create and update; available after {@link #plan}. */
  public Counts counts() {
    return counts;
  }

  /** Plans the changes. Every object must have a unique key. */
  public void plan() throws SQLException {
    planRows();
    for (int i = 0; i < model.lists().size(); i++) {
      planList(i);
    }
    count();
  }

  public void write() throws SQLException, RunFailedException {
    long toUpdate = countPlanned(staged.plan(), UPDATE);
    long replaced = deleteConflictingRows();
    requireCount(model.label(), toUpdate, replaced + update(), "updated");
    long toCreate = countPlanned(staged.plan(), CREATE) - replaced;
    requireCount(model.label(), toCreate, insert() - replaced, "created");
    for (int i = 0; i < model.lists().size(); i++) {
      String table = model.lists().get(i).table();
      requireCount(table, countPlanned(staged.listPlan(i), REMOVE), removeItems(i), "deleted");
      requireCount(table, countPlanned(staged.listPlan(i), ADD), addItems(i), "created");
    }
  }

  /**
   * Keeps the plan for {@link #limitTo}.
   *
   * @return the keys of the objects to write, sorted
   */
  List<Long> savePlan() throws SQLException {
    var keys = new StringBuilder("SELECT key FROM {plan} WHERE action <> {none}");
    for (String plan : plans()) {
      transaction.update(
          "CREATE TEMPORARY TABLE " + plan + "_saved ON COMMIT DROP AS TABLE " + plan);
    }
    for (int i = 0; i < model.lists().size(); i++) {
      keys.append(" UNION SELECT key FROM ").append(staged.listPlan(i));
    }
    return transaction.query(row -> row.getLong(1), sql.fill(keys + " ORDER BY 1"));
  }

  /** Reduces the plan to the part of the saved plan with these keys. */
  void limitTo(long first, long last) throws SQLException {
    for (String plan : plans()) {
      transaction.update("DELETE FROM " + plan);
      transaction.update(
          "INSERT INTO " + plan + " SELECT * FROM " + plan + "_saved WHERE key BETWEEN ? AND ?",
          first,
          last);
    }
  }

  private List<String> plans() {
    return Stream.concat(
            Stream.of(staged.plan()),
            IntStream.range(0, model.lists().size()).mapToObj(staged::listPlan))
        .toList();
  }

  /** The origin of the object with this key. */
  long origin(long key) throws SQLException {
    return transaction.queryOne(
        row -> row.getLong(1), sql.fill("SELECT min(origin) FROM {rows} WHERE key = ?"), key);
  }

  /** Counts the objects that differ from their rows after {@link #write}. Drops the plan. */
  public long countDifferingRows() throws SQLException {
    Counts written = counts;
    for (String plan : plans()) {
      transaction.update("DROP TABLE " + plan);
    }
    plan();
    long differing = counts.created() + counts.updated();
    counts = written;
    return differing;
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

  private void planList(int list) throws SQLException {
    create(
        staged.listPlan(list),
        withList(list)
            .fill(
                """
                SELECT s.key, i.target, {add} AS action
                FROM {items} i JOIN {rows} s ON s.origin = i.origin
                WHERE NOT EXISTS (SELECT FROM {join_table} j WHERE j.{source} = s.key AND j.{target} = i.target)
                UNION ALL
                SELECT s.key, j.{target}, {remove}
                FROM {join_table} j JOIN {rows} s ON s.key = j.{source}
                WHERE s.{has_list} AND NOT EXISTS
                    (SELECT FROM {items} i WHERE i.origin = s.origin AND i.target = j.{target})
                """));
  }

  private void create(String table, String query) throws SQLException {
    transaction.update("CREATE TEMPORARY TABLE " + table + " ON COMMIT DROP AS " + query);
    transaction.update("ANALYZE " + table);
  }

  /** Counts the actions. An object also counts as updated if only its lists differ. */
  private void count() throws SQLException {
    String changed =
        IntStream.range(0, model.lists().size())
            .mapToObj(list -> "SELECT key FROM " + staged.listPlan(list))
            .collect(joining(" UNION ALL "));
    counts =
        transaction.queryOne(
            row ->
                new Counts(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3) - row.getLong(1) - row.getLong(2),
                    0),
            sql.and("changed", changed.isEmpty() ? "NULL" : changed)
                .fill(
                    """
                    SELECT
                      count(*) FILTER (WHERE action = {create}),
                      count(*) FILTER (WHERE action = {update} OR action = {none} AND key IN ({changed})),
                      count(*)
                    FROM {plan}
                    """));
  }

  /**
   * Deletes rows whose unique values other objects take over, and plans to create them again, since
   * PostgreSQL checks unique constraints after each updated row.
   *
   * @return the number of deleted rows
   */
  private long deleteConflictingRows() throws SQLException, RunFailedException {
    long deleted = 0;
    for (List<Field> unique : model.uniques()) {
      String same =
          unique.stream()
              .map(field -> "o." + staged.column(field) + " = t." + field.column().sql())
              .collect(joining(" AND "));
      long conflictingRows =
          transaction.update(
              sql.and("same", same)
                  .fill(
                      """
                      DELETE FROM {table} t USING {plan} p
                      WHERE p.key = t.{key} AND p.action = {update}
                      AND EXISTS (SELECT FROM {rows} o WHERE {same} AND o.key <> t.{key})
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
      deleted += conflictingRows;
    }
    return deleted;
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
        sql.and("columns", columns)
            .and("values", values)
            .fill(
                """
                INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE
                SELECT {values} FROM {rows} s JOIN {plan} p ON p.key = s.key
                WHERE p.action = {create}
                ORDER BY s.key
                """));
  }

  private long removeItems(int list) throws SQLException {
    return transaction.update(
        withList(list)
            .fill(
                """
                DELETE FROM {join_table} j USING {list_plan} p
                WHERE p.action = {remove} AND j.{source} = p.key AND j.{target} = p.target
                """));
  }

  private long addItems(int list) throws SQLException {
    return transaction.update(
        withList(list)
            .fill(
                """
                INSERT INTO {join_table} ({source}, {target})
                SELECT key, target FROM {list_plan} WHERE action = {add}
                ORDER BY key, target
                """));
  }

  private long countPlanned(String plan, String action) throws SQLException {
    return transaction.queryOne(
        row -> row.getLong(1), "SELECT count(*) FROM " + plan + " WHERE action = " + action);
  }

  /** Fails the load if a trigger or rule of the database suppressed rows. */
  static void requireCount(String table, long planned, long actual, String verb)
      throws RunFailedException {
    if (actual != planned) {
      throw new RunFailedException(
          "%s: the database %s %s rows instead of %s; check the table for triggers and rules"
              .formatted(table, verb, actual, planned),
          null);
    }
  }

  private SqlTemplate withList(int list) {
    ListField field = model.lists().get(list);
    return sql.and("join_table", field.sql())
        .and("source", field.source().sql())
        .and("target", field.target().sql())
        .and("items", staged.items(list))
        .and("list_plan", staged.listPlan(list))
        .and("has_list", staged.hasList(list));
  }
}

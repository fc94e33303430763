package org.aerpaw.portal.backup.load.staging;

import static java.util.stream.Collectors.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.aerpaw.portal.backup.load.errors.Violation;
import org.aerpaw.portal.backup.load.source.ErrorCollector;
import org.aerpaw.portal.backup.load.source.ObjectRef;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Checks the keys, references and unique fields of staged objects with set-based SQL, so that every
 * violation is reported with its object before anything is written.
 */
public final class ConstraintChecks {

  private static final String ORDER_AND_LIMIT = "ORDER BY 1 LIMIT " + ErrorCollector.MAX_ERRORS;

  private final Staging staging;
  private final boolean replaces;
  private final Transaction transaction;
  private final List<Violation> violations = new ArrayList<>();
  private ReferencedObjectCheck referencedObjects;

  private ConstraintChecks(Staging staging, boolean replaces, Transaction transaction) {
    this.staging = staging;
    this.replaces = replaces;
    this.transaction = transaction;
  }

  /**
   * Objects with the same key and different content. Those with the same content are removed from
   * the staging tables, except the first of them.
   */
  public static List<Violation> duplicates(Staging staging, Transaction transaction)
      throws SQLException {
    return duplicates(staging, staged -> true, transaction);
  }

  /** Likewise, but only in models where keys were assigned to objects without one. */
  public static List<Violation> duplicatesOfAssignedKeys(Staging staging, Transaction transaction)
      throws SQLException {
    return duplicates(staging, StagedModel::lacksKeys, transaction);
  }

  /** Objects whose key exists in the database. All objects must have keys. */
  public static List<Violation> existingKeys(Staging staging, Transaction transaction)
      throws SQLException {
    var checks = new ConstraintChecks(staging, false, transaction);
    for (StagedModel staged : staging.models()) {
      checks.findExistingKeys(staged);
    }
    return checks.violations;
  }

  /**
   * Dangling references and duplicate values of unique fields. All objects must have unique keys.
   *
   * @param replaces whether the load deletes rows without an object
   * @param referencedObjects describes missing objects
   */
  public static List<Violation> referencesAndUniques(
      Staging staging,
      boolean replaces,
      ReferencedObjectCheck referencedObjects,
      Transaction transaction)
      throws SQLException {
    var checks = new ConstraintChecks(staging, replaces, transaction);
    checks.referencedObjects = referencedObjects;
    for (StagedModel staged : staging.models()) {
      checks.findMissingParents(staged);
      for (Field field : staged.model().fields()) {
        if (field.isReference()) {
          checks.findDanglingReferences(staged, field);
        }
      }
      for (int i = 0; i < staged.model().lists().size(); i++) {
        checks.findDanglingItems(staged, i);
        if (replaces) {
          checks.findDanglingItemsOfUnchangedLists(staged, i);
        }
      }
      for (List<Field> unique : staged.model().uniques()) {
        checks.findDuplicateValues(staged, unique);
        if (!replaces || staged.omitsEqualObjects()) {
          checks.findConflictingRows(staged, unique);
        }
      }
    }
    return checks.violations;
  }

  private static List<Violation> duplicates(
      Staging staging, Predicate<StagedModel> condition, Transaction transaction)
      throws SQLException {
    var checks = new ConstraintChecks(staging, false, transaction);
    for (StagedModel staged : staging.models()) {
      if (condition.test(staged) && checks.hasDuplicates(staged)) {
        staged.removeEqualDuplicates();
        checks.findDuplicates(staged);
      }
    }
    return checks.violations;
  }

  private boolean hasDuplicates(StagedModel staged) throws SQLException {
    return transaction.queryOne(
        row -> row.getBoolean(1),
        of(staged).fill("SELECT count(key) > count(DISTINCT key) FROM {rows}"));
  }

  private void findDuplicates(StagedModel staged) throws SQLException {
    String sql =
        of(staged)
            .fill(
                """
                SELECT max(origin), key, min(origin) FROM {rows}
                WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1
                {order_and_limit}
                """);
    findPairs(staged, null, sql, "an object with the same key but different content is at");
  }

  private void findExistingKeys(StagedModel staged) throws SQLException {
    String sql =
        of(staged)
            .fill(
                """
                SELECT s.origin, s.key FROM {rows} s JOIN {table} t ON t.{key} = s.key
                {order_and_limit}
                """);
    find(staged, null, sql, row -> "the key already exists in the database");
  }

  private void findMissingParents(StagedModel staged) throws SQLException {
    Optional<Model> parent = staged.model().parent();
    if (parent.isPresent()) {
      String sql =
          of(staged)
              .and("exists", exists(parent.get(), "s.key"))
              .and("is_missing", isMissing(parent.get(), "s.key"))
              .fill(
                  "SELECT s.origin, s.key, {exists} FROM {rows} s WHERE {is_missing} {order_and_limit}");
      find(
          staged,
          null,
          sql,
          row -> danglingReason(parent.get(), row.getLong(2), row.getBoolean(3)));
    }
  }

  private void findDanglingReferences(StagedModel staged, Field field) throws SQLException {
    String reference = "s." + staged.column(field);
    String sql =
        of(staged)
            .and("reference", reference)
            .and("exists", exists(field.target(), reference))
            .and("is_missing", isMissing(field.target(), reference))
            .fill(
                """
                SELECT s.origin, s.key, {reference}, {exists} FROM {rows} s
                WHERE {reference} IS NOT NULL AND {is_missing}
                {order_and_limit}
                """);
    find(
        staged,
        field.name(),
        sql,
        row -> danglingReason(field.target(), row.getLong(3), row.getBoolean(4)));
  }

  private void findDanglingItems(StagedModel staged, int number) throws SQLException {
    ListField list = staged.model().lists().get(number);
    String sql =
        of(staged)
            .and("items", staged.items(number))
            .and("exists", exists(list.model(), "i.target"))
            .and("is_missing", isMissing(list.model(), "i.target"))
            .fill(
                """
                SELECT i.origin, s.key, i.target, {exists}
                FROM {items} i JOIN {rows} s ON s.origin = i.origin
                WHERE {is_missing}
                {order_and_limit}
                """);
    find(
        staged,
        list.name(),
        sql,
        row -> danglingReason(list.model(), row.getLong(3), row.getBoolean(4)));
  }

  /** Lists that an object does not contain are unchanged, but may refer to deleted rows. */
  private void findDanglingItemsOfUnchangedLists(StagedModel staged, int number)
      throws SQLException {
    ListField list = staged.model().lists().get(number);
    Optional<StagedModel> target = staging.model(list.model());
    if (target.isPresent()) {
      String sql =
          of(staged)
              .and("join_table", list.sql())
              .and("source", list.source().sql())
              .and("target", list.target().sql())
              .and("extraneous", target.get().extraneous())
              .and("has_list", staged.hasList(number))
              .fill(
                  """
                  SELECT s.origin, s.key, e.key
                  FROM {join_table} j JOIN {extraneous} e ON e.key = j.{target} JOIN {rows} s ON s.key = j.{source}
                  WHERE NOT s.{has_list}
                  {order_and_limit}
                  """);
      find(staged, list.name(), sql, row -> ExtraneousRows.reason(list.model(), row.getLong(3)));
    }
  }

  /** Finds objects of the load with the same unique values. */
  private void findDuplicateValues(StagedModel staged, List<Field> unique) throws SQLException {
    String columns = unique.stream().map(staged::column).collect(joining(", "));
    String notNull =
        unique.stream()
            .map(field -> staged.column(field) + " IS NOT NULL")
            .collect(joining(" AND "));
    String sql =
        of(staged)
            .and("columns", columns)
            .and("not_null", notNull)
            .fill(
                """
                SELECT max(origin), (array_agg(key ORDER BY origin DESC))[1], min(origin) FROM {rows}
                WHERE {not_null} GROUP BY {columns} HAVING count(*) > 1
                {order_and_limit}
                """);
    findPairs(staged, names(unique), sql, "duplicate value, also used at");
  }

  /** Finds objects with the unique values of a row that the load does not change. */
  private void findConflictingRows(StagedModel staged, List<Field> unique) throws SQLException {
    Model model = staged.model();
    String same =
        unique.stream()
            .map(field -> "t." + field.column().sql() + " = s." + staged.column(field))
            .collect(joining(" AND "));
    String sql =
        of(staged)
            .and("same", same)
            .and(
                "and_not_extraneous",
                replaces
                    ? "AND " + ExtraneousRows.isNotExtraneous(staged, "t." + model.key().sql())
                    : "")
            .fill(
                """
                SELECT s.origin, s.key, t.{key} FROM {rows} s JOIN {table} t ON {same}
                WHERE NOT EXISTS (SELECT FROM {rows} o WHERE o.key = t.{key}) {and_not_extraneous}
                {order_and_limit}
                """);
    find(
        staged,
        names(unique),
        sql,
        row ->
            "duplicate value, also used by " + shown(model, row.getLong(3)) + " in the database");
  }

  /**
   * @param sql selects origin and key of each violating object, and the columns that the reason
   *     needs
   */
  private void find(
      StagedModel staged, String field, String sql, Transaction.RowMapper<String> reason)
      throws SQLException {
    violations.addAll(
        transaction.query(
            row ->
                new Violation(
                    origin(row, 1), staged.model(), row.getLong(2), field, reason.map(row), null),
            sql));
  }

  /**
   * @param sql selects origin and key of each violating object, and the origin of the other one
   */
  private void findPairs(StagedModel staged, String field, String sql, String reason)
      throws SQLException {
    violations.addAll(
        transaction.query(
            row ->
                new Violation(
                    origin(row, 1), staged.model(), row.getLong(2), field, reason, origin(row, 3)),
            sql));
  }

  /** A condition that is true if no object with this key will exist after the load. */
  private String isMissing(Model model, String key) {
    Optional<StagedModel> staged = staging.model(model);
    String exists = exists(model, key);
    if (staged.isEmpty()) {
      return "NOT " + exists;
    }
    String isNotStaged =
        SqlTemplate.with("rows", staged.get().rows())
            .and("key", key)
            .fill("NOT EXISTS (SELECT FROM {rows} o WHERE o.key = {key})");
    if (!replaces) {
      return isNotStaged + " AND NOT " + exists;
    }
    // Of a fully staged model, a replacing load keeps only rows with an object.
    return staged.get().omitsEqualObjects()
        ? isNotStaged
            + " AND NOT ("
            + exists
            + " AND "
            + ExtraneousRows.isNotExtraneous(staged.get(), key)
            + ")"
        : isNotStaged;
  }

  private static String exists(Model model, String key) {
    return SqlTemplate.with("table", model.sql())
        .and("column", model.key().sql())
        .and("key", key)
        .fill("EXISTS (SELECT FROM {table} t WHERE t.{column} = {key})");
  }

  private static SqlTemplate of(StagedModel staged) {
    return SqlTemplate.with("rows", staged.rows())
        .and("table", staged.model().sql())
        .and("key", staged.model().key().sql())
        .and("order_and_limit", ORDER_AND_LIMIT);
  }

  /**
   * @param exists whether the target exists, and so would be deleted by the load
   */
  private String danglingReason(Model model, long key, boolean exists) {
    return exists
        ? ExtraneousRows.reason(model, key)
        : "no "
            + shown(model, key)
            + referencedObjects.describe(model, key)
            + " in the database or in this load";
  }

  private static String shown(Model model, long key) {
    return model + "(pk=" + key + ")";
  }

  private static String names(List<Field> fields) {
    return fields.stream().map(Field::name).collect(joining(", "));
  }

  private static ObjectRef origin(ResultSet row, int column) throws SQLException {
    return ObjectRef.of(row.getLong(column));
  }
}

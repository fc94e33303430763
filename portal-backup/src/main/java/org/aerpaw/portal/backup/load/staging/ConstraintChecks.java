package org.aerpaw.portal.backup.load.staging;

import static java.util.stream.Collectors.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.load.source.ErrorCollector;
import org.aerpaw.portal.backup.load.source.ObjectRef;
import org.aerpaw.portal.backup.load.source.Violation;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Holds what is staged against itself and the database, set by set: keys, references, unique
 * fields. Finds what would otherwise fail row by row, without a name, when it is written.
 */
public final class ConstraintChecks {

  private static final String FIRST = "ORDER BY 1 LIMIT " + ErrorCollector.MAX_ERRORS;

  private final Staging staging;
  private final boolean replaces;
  private final Transaction transaction;
  private final List<Violation> findings = new ArrayList<>();

  private ConstraintChecks(Staging staging, boolean replaces, Transaction transaction) {
    this.staging = staging;
    this.replaces = replaces;
    this.transaction = transaction;
  }

  /** Objects with the same key. */
  public static List<Violation> duplicates(Staging staging, Transaction transaction)
      throws SQLException {
    var checks = new ConstraintChecks(staging, false, transaction);
    for (StagedModel staged : staging.models()) {
      checks.findDuplicates(staged);
    }
    return checks.findings;
  }

  /**
   * The same once more, for models that have objects which were given their key: they may have got
   * that of another one.
   */
  public static List<Violation> duplicatesOfAssignedKeys(Staging staging, Transaction transaction)
      throws SQLException {
    var checks = new ConstraintChecks(staging, false, transaction);
    for (StagedModel staged : staging.models()) {
      if (staged.lacksKeys()) {
        checks.findDuplicates(staged);
      }
    }
    return checks.findings;
  }

  /** Objects whose key the database has. Expects that every object has a key. */
  public static List<Violation> existingKeys(Staging staging, Transaction transaction)
      throws SQLException {
    var checks = new ConstraintChecks(staging, false, transaction);
    for (StagedModel staged : staging.models()) {
      checks.findExistingKeys(staged);
    }
    return checks.findings;
  }

  /**
   * References to nothing, and values that are not unique. Expects that there are no {@link
   * #twins}, and that every object has a key.
   *
   * @param replaces whether the rows of loaded models that no object names will be gone
   */
  public static List<Violation> referencesAndUniques(
      Staging staging, boolean replaces, Transaction transaction) throws SQLException {
    var checks = new ConstraintChecks(staging, replaces, transaction);
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
          checks.findItemsOfKeptLists(staged, i);
        }
      }
      for (List<Field> unique : staged.model().uniques()) {
        checks.findDuplicatesOf(staged, unique);
        if (!replaces || staged.isPartial()) {
          checks.findConflictingRows(staged, unique);
        }
      }
    }
    return checks.findings;
  }

  private void findDuplicates(StagedModel staged) throws SQLException {
    String sql =
        of(staged)
            .fill(
                """
                SELECT max(origin), key, min(origin) FROM {rows}
                WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1
                {first}
                """);
    findPairs(staged, null, sql, "the same key is at");
  }

  private void findExistingKeys(StagedModel staged) throws SQLException {
    String sql =
        of(staged)
            .fill(
                """
                SELECT s.origin, s.key FROM {rows} s JOIN {table} t ON t.{key} = s.key
                {first}
                """);
    find(staged, null, sql, row -> "the key is already in the database");
  }

  private void findMissingParents(StagedModel staged) throws SQLException {
    Optional<Model> parent = staged.model().parent();
    if (parent.isPresent()) {
      String sql =
          of(staged)
              .and("isInTable", isInTable(parent.get(), "s.key"))
              .and("isNowhere", isNowhere(parent.get(), "s.key"))
              .fill("SELECT s.origin, s.key, {isInTable} FROM {rows} s WHERE {isNowhere} {first}");
      find(staged, null, sql, row -> none(parent.get(), row.getLong(2), row.getBoolean(3)));
    }
  }

  private void findDanglingReferences(StagedModel staged, Field field) throws SQLException {
    String reference = "s." + staged.column(field);
    String sql =
        of(staged)
            .and("reference", reference)
            .and("isInTable", isInTable(field.target(), reference))
            .and("isNowhere", isNowhere(field.target(), reference))
            .fill(
                """
                SELECT s.origin, s.key, {reference}, {isInTable} FROM {rows} s
                WHERE {reference} IS NOT NULL AND {isNowhere}
                {first}
                """);
    find(staged, field.name(), sql, row -> none(field.target(), row.getLong(3), row.getBoolean(4)));
  }

  private void findDanglingItems(StagedModel staged, int number) throws SQLException {
    ListField list = staged.model().lists().get(number);
    String sql =
        of(staged)
            .and("items", staged.items(number))
            .and("isInTable", isInTable(list.model(), "i.target"))
            .and("isNowhere", isNowhere(list.model(), "i.target"))
            .fill(
                """
                SELECT i.origin, s.key, i.target, {isInTable}
                FROM {items} i JOIN {rows} s ON s.origin = i.origin
                WHERE {isNowhere}
                {first}
                """);
    find(staged, list.name(), sql, row -> none(list.model(), row.getLong(3), row.getBoolean(4)));
  }

  /** Lists that the file leaves out stay as they are, while what they hold may go. */
  private void findItemsOfKeptLists(StagedModel staged, int number) throws SQLException {
    ListField list = staged.model().lists().get(number);
    Optional<StagedModel> target = staging.model(list.model());
    if (target.isPresent()) {
      String sql =
          of(staged)
              .and("pairs", list.sql())
              .and("source", list.source().sql())
              .and("target", list.target().sql())
              .and("extraneous", target.get().extraneous())
              .and("has", staged.has(number))
              .fill(
                  """
                  SELECT s.origin, s.key, g.key
                  FROM {pairs} l JOIN {extraneous} g ON g.key = l.{target} JOIN {rows} s ON s.key = l.{source}
                  WHERE NOT s.{has}
                  {first}
                  """);
      find(staged, list.name(), sql, row -> ExtraneousRows.reason(list.model(), row.getLong(3)));
    }
  }

  /** Two objects of the load with the same values. */
  private void findDuplicatesOf(StagedModel staged, List<Field> unique) throws SQLException {
    String columns = unique.stream().map(staged::column).collect(joining(", "));
    String given =
        unique.stream()
            .map(field -> staged.column(field) + " IS NOT NULL")
            .collect(joining(" AND "));
    String sql =
        of(staged)
            .and("columns", columns)
            .and("given", given)
            .fill(
                """
                SELECT max(origin), (array_agg(key ORDER BY origin DESC))[1], min(origin) FROM {rows}
                WHERE {given} GROUP BY {columns} HAVING count(*) > 1
                {first}
                """);
    findPairs(staged, names(unique), sql, "must be unique, but is the same at");
  }

  /** A row with the same values that the load leaves as it is. */
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
                "andStays",
                replaces ? "AND " + ExtraneousRows.isNot(staged, "t." + model.key().sql()) : "")
            .fill(
                """
                SELECT s.origin, s.key, t.{key} FROM {rows} s JOIN {table} t ON {same}
                WHERE NOT EXISTS (SELECT FROM {rows} o WHERE o.key = t.{key}) {andStays}
                {first}
                """);
    find(
        staged,
        names(unique),
        sql,
        row ->
            "must be unique, but is the same in "
                + named(model, row.getLong(3))
                + " in the database");
  }

  /**
   * @param sql gives origin and key of each object that is wrong, and what the reason needs
   */
  private void find(
      StagedModel staged, String field, String sql, Transaction.RowMapper<String> reason)
      throws SQLException {
    findings.addAll(
        transaction.query(
            row ->
                new Violation(
                    origin(row, 1), staged.model(), row.getLong(2), field, reason.map(row), null),
            sql));
  }

  /**
   * @param sql gives origin and key of each object that is wrong, and the origin of the other one
   */
  private void findPairs(StagedModel staged, String field, String sql, String reason)
      throws SQLException {
    findings.addAll(
        transaction.query(
            row ->
                new Violation(
                    origin(row, 1), staged.model(), row.getLong(2), field, reason, origin(row, 3)),
            sql));
  }

  /**
   * The condition that no object with this key will exist: neither a staged one nor a row that
   * stays.
   */
  private String isNowhere(Model model, String key) {
    Optional<StagedModel> staged = staging.model(model);
    String isInTable = isInTable(model, key);
    if (staged.isEmpty()) {
      return "NOT " + isInTable;
    }
    String isNotStaged =
        SqlTemplate.with("rows", staged.get().rows())
            .and("key", key)
            .fill("NOT EXISTS (SELECT FROM {rows} o WHERE o.key = {key})");
    if (!replaces) {
      return isNotStaged + " AND NOT " + isInTable;
    }
    // Of a model that is staged in full, only rows with an object stay.
    return staged.get().isPartial()
        ? isNotStaged
            + " AND NOT ("
            + isInTable
            + " AND "
            + ExtraneousRows.isNot(staged.get(), key)
            + ")"
        : isNotStaged;
  }

  private static String isInTable(Model model, String key) {
    return SqlTemplate.with("table", model.sql())
        .and("column", model.key().sql())
        .and("key", key)
        .fill("EXISTS (SELECT FROM {table} t WHERE t.{column} = {key})");
  }

  private static SqlTemplate of(StagedModel staged) {
    return SqlTemplate.with("rows", staged.rows())
        .and("table", staged.model().sql())
        .and("key", staged.model().key().sql())
        .and("first", FIRST);
  }

  /**
   * @param isInTable whether the row is there now, and is to go
   */
  private static String none(Model model, long key, boolean isInTable) {
    return isInTable
        ? ExtraneousRows.reason(model, key)
        : "no " + named(model, key) + " in the database or in this load";
  }

  private static String named(Model model, long key) {
    return model + "(pk=" + key + ")";
  }

  private static String names(List<Field> fields) {
    return fields.stream().map(Field::name).collect(joining(", "));
  }

  private static ObjectRef origin(ResultSet row, int column) throws SQLException {
    return ObjectRef.of(row.getLong(column));
  }
}

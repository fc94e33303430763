package org.aerpaw.portal.backup.load.staging;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aerpaw.portal.backup.load.errors.Violation;
import org.aerpaw.portal.backup.load.source.ErrorCollector;
import org.aerpaw.portal.backup.load.source.ObjectRef;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.NaturalKey;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Assigns primary keys to staged objects without one, and resolves references by natural key to
 * primary keys. A natural key may belong to a row of the database or to an object of the load.
 *
 * <p>A natural key may contain a reference that is itself given by natural key; the model that it
 * refers to is then prepared first.
 */
public final class NaturalKeyResolver {

  private static final int MAX_SHOWN_LENGTH = 200;

  private final Staging staging;
  private final ModelRegistry registry;
  private final boolean replaces;
  private final Transaction transaction;
  private final Set<Model> prepared = new HashSet<>();

  /** The table of each model's natural keys. */
  private final Map<Model, String> tables = new HashMap<>();

  private final Map<StagedModel, Set<Integer>> resolved = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private NaturalKeyResolver(
      Staging staging, ModelRegistry registry, boolean replaces, Transaction transaction) {
    this.staging = staging;
    this.registry = registry;
    this.replaces = replaces;
    this.transaction = transaction;
  }

  /**
   * Resolves all references by natural key.
   *
   * @param replaces whether the load deletes rows without an object
   * @return a violation for each reference with no target or more than one
   */
  public static List<Violation> resolve(
      Staging staging, ModelRegistry registry, boolean replaces, Transaction transaction)
      throws SQLException {
    var resolver = new NaturalKeyResolver(staging, registry, replaces, transaction);
    for (StagedModel staged : staging.models()) {
      resolver.prepare(staged.model());
    }
    for (StagedModel staged : staging.models()) {
      for (int field : staged.naturalKeyFields()) {
        resolver.resolve(staged, field);
      }
    }
    return resolver.violations;
  }

  /** Assigns keys to the objects of a model and resolves the references in their natural keys. */
  private void prepare(Model model) throws SQLException {
    if (!prepared.add(model)) {
      return;
    }
    Optional<StagedModel> staged = staging.model(model);
    for (ColumnPath part : model.naturalKey()) {
      if (!part.references().isEmpty()) {
        Field reference = part.references().get(0);
        prepare(reference.target());
        if (staged.isPresent()) {
          resolve(staged.get(), model.fields().indexOf(reference));
        }
      }
    }
    if (staged.isPresent()) {
      PrimaryKeyAssigner.assign(staged.get(), transaction);
    }
  }

  private void resolve(StagedModel staged, int index) throws SQLException {
    if (!staged.naturalKeyFields().contains(index)
        || !resolved.computeIfAbsent(staged, model -> new HashSet<>()).add(index)) {
      return;
    }
    Model model = staged.model();
    int list = index - model.fields().size();
    Model target = list < 0 ? model.fields().get(index).target() : model.lists().get(list).model();
    String field = list < 0 ? model.fields().get(index).name() : model.lists().get(list).name();
    findUnresolved(staged, index, target, field);
    SqlTemplate sql =
        SqlTemplate.with("rows", staged.rows())
            .and("references", staged.references())
            .and("natural_keys", naturalKeys(target));
    if (list < 0) {
      transaction.update(
          sql.and("column", staged.column(model.fields().get(index)))
              .fill(
                  """
                  UPDATE {rows} s SET {column} = k.key FROM {references} r JOIN {natural_keys} k ON k.parts = r.parts
                  WHERE r.origin = s.origin AND r.field = ?
                  """),
          index);
    } else {
      transaction.update(
          sql.and("items", staged.items(list))
              .fill(
                  """
                  INSERT INTO {items} (origin, target)
                  SELECT DISTINCT r.origin, k.key FROM {references} r JOIN {natural_keys} k ON k.parts = r.parts
                  WHERE r.field = ?
                  AND NOT EXISTS (SELECT FROM {items} i WHERE i.origin = r.origin AND i.target = k.key)
                  """),
          index);
    }
  }

  /** Returns the table of the natural keys that a model's objects will have after the load. */
  private String naturalKeys(Model target) throws SQLException {
    String table = tables.get(target);
    if (table == null) {
      prepare(target);
      table = "load_natural_keys_" + tables.size();
      tables.put(target, table);
      transaction.update(
          "CREATE TEMPORARY TABLE "
              + table
              + " ON COMMIT DROP AS "
              + NaturalKey.query(target, model -> staging.effectiveRows(model, replaces)));
      transaction.update("ANALYZE " + table);
    }
    return table;
  }

  private void findUnresolved(StagedModel staged, int index, Model target, String field)
      throws SQLException {
    String sql =
        SqlTemplate.with("rows", staged.rows())
            .and("references", staged.references())
            .and("natural_keys", naturalKeys(target))
            .and("limit", String.valueOf(ErrorCollector.MAX_ERRORS))
            .fill(
                """
                SELECT r.origin, s.key, r.parts, count(k.key)
                FROM {references} r JOIN {rows} s ON s.origin = r.origin
                LEFT JOIN {natural_keys} k ON k.parts = r.parts
                WHERE r.field = ? GROUP BY 1, 2, 3 HAVING count(k.key) <> 1
                ORDER BY 1, 3 LIMIT {limit}
                """);
    violations.addAll(
        transaction.query(
            row ->
                new Violation(
                    ObjectRef.of(row.getLong(1)),
                    staged.model(),
                    row.getObject(2) == null ? null : row.getLong(2),
                    field,
                    row.getLong(4) == 0
                        ? "no " + shown(target, parts(row)) + " in the database or in this load"
                        : "more than one " + shown(target, parts(row)),
                    null),
            sql,
            index));
  }

  private static List<String> parts(ResultSet row) throws SQLException {
    return Arrays.asList((String[]) row.getArray(3).getArray());
  }

  /**
   * Shows natural keys of groups and permissions, but not those of users, which are personal data.
   */
  private String shown(Model target, List<String> parts) {
    String shown = "natural key " + parts;
    return target
        + " with "
        + (registry.isExcludedByDefault(target) && shown.length() <= MAX_SHOWN_LENGTH
            ? shown
            : "the given natural key");
  }
}

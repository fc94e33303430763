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
import org.aerpaw.portal.backup.load.source.ErrorCollector;
import org.aerpaw.portal.backup.load.source.ObjectRef;
import org.aerpaw.portal.backup.load.source.Violation;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.NaturalKey;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Puts keys in the place of names: every object without a key gets one, and every reference by what
 * its target is known by becomes the target's key. Targets are the rows as they will be, those of
 * the load with the values that it brings.
 *
 * <p>What an object is known by may hold a reference, which may be one by name: models are made
 * ready in the order that this asks for.
 */
public final class NaturalKeyResolver {

  private static final int LONGEST_SHOWN = 200;

  private final Staging staging;
  private final ModelRegistry registry;
  private final boolean replaces;
  private final Transaction transaction;
  private final Set<Model> ready = new HashSet<>();
  private final Map<Model, String> known = new HashMap<>();
  private final Map<StagedModel, Set<Integer>> resolved = new HashMap<>();
  private final List<Violation> findings = new ArrayList<>();

  private NaturalKeyResolver(
      Staging staging, ModelRegistry registry, boolean replaces, Transaction transaction) {
    this.staging = staging;
    this.registry = registry;
    this.replaces = replaces;
    this.transaction = transaction;
  }

  /**
   * Does it for the whole load.
   *
   * @param replaces whether the rows of loaded models that no object names will be gone
   * @return references to nothing, or to more than one object
   */
  public static List<Violation> resolve(
      Staging staging, ModelRegistry registry, boolean replaces, Transaction transaction)
      throws SQLException {
    var names = new NaturalKeyResolver(staging, registry, replaces, transaction);
    for (StagedModel staged : staging.models()) {
      names.prepare(staged.model());
    }
    for (StagedModel staged : staging.models()) {
      for (int place : staged.namedPlaces()) {
        names.resolve(staged, place);
      }
    }
    return names.findings;
  }

  /** The objects of the model get their keys, and what they are known by becomes known. */
  private void prepare(Model model) throws SQLException {
    if (!ready.add(model)) {
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

  private void resolve(StagedModel staged, int place) throws SQLException {
    if (!staged.namedPlaces().contains(place)
        || !resolved.computeIfAbsent(staged, model -> new HashSet<>()).add(place)) {
      return;
    }
    Model model = staged.model();
    int list = place - model.fields().size();
    Model target = list < 0 ? model.fields().get(place).target() : model.lists().get(list).model();
    String field = list < 0 ? model.fields().get(place).name() : model.lists().get(list).name();
    find(staged, place, target, field);
    SqlTemplate sql =
        SqlTemplate.with("rows", staged.rows())
            .and("names", staged.names())
            .and("known", known(target));
    if (list < 0) {
      transaction.update(
          sql.and("column", staged.column(model.fields().get(place)))
              .fill(
                  """
                  UPDATE {rows} s SET {column} = k.key FROM {names} n JOIN {known} k ON k.parts = n.parts
                  WHERE n.origin = s.origin AND n.place = ?
                  """),
          place);
    } else {
      transaction.update(
          sql.and("items", staged.items(list))
              .fill(
                  """
                  INSERT INTO {items} (origin, target)
                  SELECT DISTINCT n.origin, k.key FROM {names} n JOIN {known} k ON k.parts = n.parts
                  WHERE n.place = ?
                  AND NOT EXISTS (SELECT FROM {items} i WHERE i.origin = n.origin AND i.target = k.key)
                  """),
          place);
    }
  }

  /** The table of what all objects of a model will be known by. */
  private String known(Model target) throws SQLException {
    String table = known.get(target);
    if (table == null) {
      prepare(target);
      table = "load_known_" + known.size();
      known.put(target, table);
      transaction.update(
          "CREATE TEMPORARY TABLE "
              + table
              + " ON COMMIT DROP AS "
              + NaturalKey.query(target, model -> staging.effectiveRows(model, replaces)));
      transaction.update("ANALYZE " + table);
    }
    return table;
  }

  private void find(StagedModel staged, int place, Model target, String field) throws SQLException {
    String sql =
        SqlTemplate.with("rows", staged.rows())
                .and("names", staged.names())
                .and("known", known(target))
                .fill(
                    """
                SELECT n.origin, s.key, n.parts, count(k.key)
                FROM {names} n JOIN {rows} s ON s.origin = n.origin LEFT JOIN {known} k ON k.parts = n.parts
                WHERE n.place = ? GROUP BY 1, 2, 3 HAVING count(k.key) <> 1
                ORDER BY 1, 3 LIMIT\s""")
            + ErrorCollector.MAX_ERRORS;
    findings.addAll(
        transaction.query(
            row ->
                new Violation(
                    ObjectRef.of(row.getLong(1)),
                    staged.model(),
                    row.getObject(2) == null ? null : row.getLong(2),
                    field,
                    row.getLong(4) == 0
                        ? "no "
                            + target
                            + " known "
                            + shown(target, parts(row))
                            + " in the database or in this load"
                        : "more than one " + target + " known " + shown(target, parts(row)),
                    null),
            sql,
            place));
  }

  private static List<String> parts(ResultSet row) throws SQLException {
    return Arrays.asList((String[]) row.getArray(3).getArray());
  }

  /** Roles may be told; what users, profiles and the like are known by may not. */
  private String shown(Model target, List<String> parts) {
    String shown = "as " + parts;
    return registry.isLeftOut(target) && shown.length() <= LONGEST_SHOWN
        ? shown
        : "by what stands there";
  }
}

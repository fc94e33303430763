package org.aerpaw.portal.backup.load.staging;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.load.errors.Violation;
import org.aerpaw.portal.backup.load.source.ErrorCollector;
import org.aerpaw.portal.backup.load.source.FixtureFile;
import org.aerpaw.portal.backup.load.source.ObjectRef;
import org.aerpaw.portal.backup.load.source.Renames;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.NaturalKey;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Compares the groups and permissions that a set's manifest lists as referenced with those in the
 * database, so that no reference silently points to a different one. Files without a manifest are
 * not checked.
 */
public final class ReferencedObjectCheck {

  /** The first reference to a key. */
  private record Reference(StagedModel staged, String field, long origin) {}

  private final Staging staging;
  private final Renames renames;
  private final Transaction transaction;

  /** The referenced keys by manifest and model. */
  private final Map<Manifest, Map<Model, Map<Long, Reference>>> referenced = new LinkedHashMap<>();

  private ReferencedObjectCheck(Staging staging, Renames renames, Transaction transaction) {
    this.staging = staging;
    this.renames = renames;
    this.transaction = transaction;
  }

  /**
   * Collects the keys that the files refer to. Must be called before references by natural key are
   * resolved, since those have the same meaning in every database.
   */
  public static ReferencedObjectCheck referenced(
      Staging staging, List<FixtureFile> files, Renames renames, Transaction transaction)
      throws SQLException {
    var check = new ReferencedObjectCheck(staging, renames, transaction);
    Map<Manifest, List<Integer>> sets = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i).manifest() != null) {
        sets.computeIfAbsent(files.get(i).manifest(), set -> new ArrayList<>()).add(i);
      }
    }
    for (var set : sets.entrySet()) {
      if (!set.getKey().referencedIdentities().isEmpty()) {
        check.collect(set.getKey(), set.getValue());
      }
    }
    return check;
  }

  /**
   * Returns a violation for each referenced object that differs. All objects and references must
   * have keys.
   *
   * @param replaces whether the load deletes rows without an object
   */
  public List<Violation> differences(boolean replaces) throws SQLException {
    List<Violation> violations = new ArrayList<>();
    for (var set : referenced.entrySet()) {
      for (var keys : set.getValue().entrySet()) {
        Model target = keys.getKey();
        if (!target.naturalKey().isEmpty()) {
          List<Manifest.ReferencedObject> objects = objects(set.getKey(), target);
          compare(target, objects, keys.getValue(), replaces, violations);
        }
      }
    }
    return violations;
  }

  /**
   * Describes a missing object by the natural key that it has in the set, such as {@code , which is
   * operator in the set}; empty if no manifest contains it.
   */
  public String describe(Model target, long pk) {
    return referenced.keySet().stream()
        .flatMap(set -> objects(set, target).stream())
        .filter(object -> object.pk() == pk)
        .findFirst()
        .map(object -> ", which is " + shown(object.naturalKey()) + " in the set,")
        .orElse("");
  }

  private List<Manifest.ReferencedObject> objects(Manifest manifest, Model target) {
    return manifest.referencedIdentities().entrySet().stream()
        .filter(objects -> renames.find(objects.getKey()).equals(Optional.of(target)))
        .flatMap(objects -> objects.getValue().stream())
        .toList();
  }

  private void collect(Manifest manifest, List<Integer> files) throws SQLException {
    Map<Model, Map<Long, Reference>> keys = new LinkedHashMap<>();
    referenced.put(manifest, keys);
    for (StagedModel staged : staging.models()) {
      Model model = staged.model();
      for (Field field : model.fields()) {
        if (field.isReference() && !objects(manifest, field.target()).isEmpty()) {
          collect(
              staged,
              field.name(),
              staged.column(field),
              staged.rows(),
              files,
              keys.computeIfAbsent(field.target(), target -> new HashMap<>()));
        }
      }
      for (int i = 0; i < model.lists().size(); i++) {
        ListField list = model.lists().get(i);
        if (!objects(manifest, list.model()).isEmpty()) {
          collect(
              staged,
              list.name(),
              "target",
              staged.items(i),
              files,
              keys.computeIfAbsent(list.model(), target -> new HashMap<>()));
        }
      }
    }
  }

  private void collect(
      StagedModel staged,
      String field,
      String column,
      String table,
      List<Integer> files,
      Map<Long, Reference> keys)
      throws SQLException {
    String ofFiles =
        files.stream()
            .map(
                file ->
                    "origin BETWEEN "
                        + new ObjectRef(file, 0).number()
                        + " AND "
                        + (new ObjectRef(file + 1, 0).number() - 1))
            .collect(joining(" OR "));
    transaction.query(
        row -> keys.putIfAbsent(row.getLong(1), new Reference(staged, field, row.getLong(2))),
        "SELECT "
            + column
            + ", min(origin) FROM "
            + table
            + " WHERE "
            + column
            + " IS NOT NULL AND ("
            + ofFiles
            + ") GROUP BY 1");
  }

  private void compare(
      Model target,
      List<Manifest.ReferencedObject> objects,
      Map<Long, Reference> keys,
      boolean replaces,
      List<Violation> violations)
      throws SQLException {
    Map<Long, List<String>> naturalKeys = new HashMap<>();
    Map<List<String>, Long> primaryKeys = new HashMap<>();
    for (NaturalKey existing :
        NaturalKey.all(target, model -> staging.effectiveRows(model, replaces), transaction)) {
      naturalKeys.put(existing.key(), existing.parts());
      primaryKeys.put(existing.parts(), existing.key());
    }
    for (Manifest.ReferencedObject object : objects) {
      List<String> existing = naturalKeys.get(object.pk());
      boolean differs =
          existing == null
              ? primaryKeys.containsKey(object.naturalKey())
              : !existing.equals(object.naturalKey());
      if (differs
          && keys.containsKey(object.pk())
          && violations.size() < ErrorCollector.MAX_ERRORS) {
        String expected = shown(object.naturalKey());
        String difference =
            existing == null
                ? expected + " is " + target + "(pk=" + primaryKeys.get(object.naturalKey()) + ")"
                : shown(existing);
        String reason =
            "%s(pk=%s) is %s in the set, but %s in the database"
                .formatted(target, object.pk(), expected, difference);
        violations.add(violation(keys.get(object.pk()), reason));
      }
    }
  }

  private Violation violation(Reference reference, String reason) throws SQLException {
    Long key =
        transaction.queryOne(
            row -> row.getLong(1),
            "SELECT key FROM " + reference.staged().rows() + " WHERE origin = ?",
            reference.origin());
    return new Violation(
        ObjectRef.of(reference.origin()),
        reference.staged().model(),
        key,
        reference.field(),
        reason,
        null);
  }

  private static String shown(List<String> naturalKey) {
    return naturalKey.size() == 1 ? naturalKey.get(0) : naturalKey.toString();
  }
}

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
import org.aerpaw.portal.backup.load.source.ErrorCollector;
import org.aerpaw.portal.backup.load.source.FixtureFile;
import org.aerpaw.portal.backup.load.source.ObjectRef;
import org.aerpaw.portal.backup.load.source.Violation;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.NaturalKey;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Holds what the keys of roles mean in a set, as its manifest says, against what they will mean
 * here: a reference of a loaded file must not come to mean another role. Files without a manifest
 * cannot be held against anything.
 */
public final class ReferencedIdentityCheck {

  /** The first reference to a role. */
  private record Reference(StagedModel staged, String field, long origin) {}

  private final Staging staging;
  private final Transaction transaction;

  /** By manifest and label, the keys that references stand for. */
  private final Map<Manifest, Map<String, Map<Long, Reference>>> referenced = new LinkedHashMap<>();

  private ReferencedIdentityCheck(Staging staging, Transaction transaction) {
    this.staging = staging;
    this.transaction = transaction;
  }

  /**
   * Gathers the keys that references of the files stand for. Expects that those by name are still
   * names, which mean the same everywhere.
   */
  public static ReferencedIdentityCheck referenced(
      Staging staging, List<FixtureFile> files, Transaction transaction) throws SQLException {
    var roles = new ReferencedIdentityCheck(staging, transaction);
    Map<Manifest, List<Integer>> sets = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i).manifest() != null) {
        sets.computeIfAbsent(files.get(i).manifest(), set -> new ArrayList<>()).add(i);
      }
    }
    for (var set : sets.entrySet()) {
      if (!set.getKey().referencedIdentities().isEmpty()) {
        roles.buffer(set.getKey(), set.getValue());
      }
    }
    return roles;
  }

  /**
   * Where the set's role and the one here differ. Expects that every object and reference has its
   * key.
   *
   * @param replaces whether the rows of loaded models that no object names will be gone
   */
  public List<Violation> differences(ModelRegistry registry, boolean replaces) throws SQLException {
    List<Violation> findings = new ArrayList<>();
    for (var set : referenced.entrySet()) {
      for (var keys : set.getValue().entrySet()) {
        Optional<Model> target = registry.find(keys.getKey());
        if (target.isPresent() && !target.get().naturalKey().isEmpty()) {
          List<Manifest.ReferencedIdentity> roles =
              set.getKey().referencedIdentities().get(keys.getKey());
          compare(target.get(), roles, keys.getValue(), replaces, findings);
        }
      }
    }
    return findings;
  }

  private void buffer(Manifest manifest, List<Integer> files) throws SQLException {
    Map<String, Map<Long, Reference>> keys = new LinkedHashMap<>();
    referenced.put(manifest, keys);
    for (StagedModel staged : staging.models()) {
      Model model = staged.model();
      for (Field field : model.fields()) {
        if (field.isReference()
            && manifest.referencedIdentities().containsKey(field.target().label())) {
          buffer(
              staged,
              field.name(),
              staged.column(field),
              staged.rows(),
              files,
              keys.computeIfAbsent(field.target().label(), label -> new HashMap<>()));
        }
      }
      for (int i = 0; i < model.lists().size(); i++) {
        ListField list = model.lists().get(i);
        if (manifest.referencedIdentities().containsKey(list.model().label())) {
          buffer(
              staged,
              list.name(),
              "target",
              staged.items(i),
              files,
              keys.computeIfAbsent(list.model().label(), label -> new HashMap<>()));
        }
      }
    }
  }

  private void buffer(
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
      List<Manifest.ReferencedIdentity> roles,
      Map<Long, Reference> keys,
      boolean replaces,
      List<Violation> findings)
      throws SQLException {
    Map<Long, List<String>> names = new HashMap<>();
    Map<List<String>, Long> keysHere = new HashMap<>();
    for (NaturalKey here :
        NaturalKey.all(target, model -> staging.effectiveRows(model, replaces), transaction)) {
      names.put(here.key(), here.parts());
      keysHere.put(here.parts(), here.key());
    }
    for (Manifest.ReferencedIdentity role : roles) {
      List<String> name = names.get(role.pk());
      boolean differs =
          name == null ? keysHere.containsKey(role.naturalKey()) : !name.equals(role.naturalKey());
      if (differs && keys.containsKey(role.pk()) && findings.size() < ErrorCollector.MAX_ERRORS) {
        String here =
            name == null
                ? ", which is " + target + "(pk=" + keysHere.get(role.naturalKey()) + ")"
                : " and " + shown(name);
        String reason =
            target + "(pk=" + role.pk() + ") is " + shown(role.naturalKey()) + " in the set" + here;
        findings.add(finding(keys.get(role.pk()), reason + " in the database"));
      }
    }
  }

  private Violation finding(Reference reference, String reason) throws SQLException {
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

  private static String shown(List<String> name) {
    return name.size() == 1 ? name.get(0) : name.toString();
  }
}

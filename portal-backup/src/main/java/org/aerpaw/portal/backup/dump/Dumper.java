package org.aerpaw.portal.backup.dump;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.StagedSet;
import org.aerpaw.portal.backup.dump.snapshot.Snapshot;
import org.aerpaw.portal.backup.dump.snapshot.SnapshotWorkers;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.aerpaw.portal.backup.masking.RowMasker;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.NaturalKey;
import org.aerpaw.portal.backup.model.RolePrivileges;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.retention.RetentionService;
import org.aerpaw.portal.backup.rows.Masking;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.selection.KeySet;
import org.aerpaw.portal.backup.selection.Reference;
import org.aerpaw.portal.backup.selection.SearchTerms;
import org.aerpaw.portal.backup.selection.SelectedObjects;
import org.aerpaw.portal.backup.selection.StoredObjects;

/** Makes one backup set from one snapshot. */
final class Dumper {

  private final ModelRegistry registry;
  private final BackupCatalog sets;
  private final RetentionService retention;
  private final Selection selection;
  private final DumpRequest request;
  private final Optional<RowMasker> mask;
  private final Transaction transaction;
  private final DataSource database;
  private final RunContext context;
  private final Optional<SelectedObjects> objects;
  private final Optional<StagedSetEncryption> encryption;
  private final Optional<Manifest.Standby> standby;

  private final List<String> warnings = new ArrayList<>();

  /**
   * @param mask what replaces values of the rows, if the set is to be masked
   * @param transaction a snapshot; objects may have been searched in it already
   * @param database provides the second connection, if there is more than one model
   * @param objects the selected ones, if only some are dumped
   * @param encryption encrypts the set, if sets are encrypted
   * @param standby the server of the snapshot, if that is not the database's own
   */
  Dumper(
      ModelRegistry registry,
      BackupCatalog sets,
      RetentionService retention,
      DumpRequest request,
      Selection selection,
      Optional<RowMasker> mask,
      Transaction transaction,
      DataSource database,
      RunContext context,
      Optional<SelectedObjects> objects,
      Optional<StagedSetEncryption> encryption,
      Optional<Manifest.Standby> standby) {
    this.registry = registry;
    this.sets = sets;
    this.retention = retention;
    this.request = request;
    this.selection = selection;
    this.mask = mask;
    this.transaction = transaction;
    this.database = database;
    this.context = context;
    this.objects = objects;
    this.encryption = encryption;
    this.standby = standby;
  }

  DumpReport dump() throws RunFailedException, SQLException, IOException {
    return dump(false);
  }

  /** Makes a set that does not become {@code latest}, and deletes no older set. */
  DumpReport dumpSafetyBackup() throws RunFailedException, SQLException, IOException {
    return dump(true);
  }

  private DumpReport dump(boolean asSafetyBackup)
      throws RunFailedException, SQLException, IOException {
    try (var workers = new SnapshotWorkers(transaction, database, context.executor())) {
      return dump(asSafetyBackup, workers);
    }
  }

  private DumpReport dump(boolean asSafetyBackup, SnapshotWorkers workers)
      throws RunFailedException, SQLException, IOException {
    long began = System.nanoTime();
    Snapshot snapshot = Snapshot.of(transaction);
    requireMappedSchema();
    requirePrivileges();
    requireKeys();
    CarriedForwardFiles carried = carryForward();
    List<String> missingApps = missingApps(carried);
    boolean complete = selection.complete() && missingApps.isEmpty();
    try (StagedSet set = sets.stage(snapshot.taken(), context.executor())) {
      Set<String> models = new HashSet<>(carried.models());
      if (selection.hasAllRows()) {
        selection.all().forEach(model -> models.add(model.label()));
      }
      var references = new ExternalReferences(models);
      Map<String, Manifest.FileEntry> files = new TreeMap<>(carried.files());
      var dumped = new AppFiles(selection, request, masking(), context.progress());
      if (objects.isPresent()) {
        files.putAll(dumped.write(workers, set, snapshot.taken(), (model, counts) -> {}));
        countReferences(objects.get(), references);
      } else {
        files.putAll(dumped.write(workers, set, snapshot.taken(), references::add));
      }
      carried.linkInto(set);
      List<Manifest.ExternalReference> external = new ArrayList<>(references.counted());
      external.addAll(carried.externalReferences(models));
      external.sort(comparing(Manifest.ExternalReference::field));
      Map<String, List<Manifest.ReferencedObject>> referencedObjects = referencedObjects(external);
      carried.requireSameReferencedObjects(referencedObjects);
      var manifest =
          new Manifest(
              Manifest.FORMAT,
              set.id(),
              complete,
              asSafetyBackup,
              false,
              mask.map(RowMasker::manifestEntry).orElse(null),
              snapshot.versions(),
              snapshot.wal(),
              standby.orElse(null),
              files,
              external,
              referencedObjects,
              null);
      Manifest published =
          encryption.isPresent()
              ? encryption.get().encrypt(set, manifest, !asSafetyBackup, context, warnings::add)
              : manifest;
      set.publish(published, manifest.countsAsBackup()).stream()
          .map(StagedSet::renamedFile)
          .forEach(warnings::add);
      warn(manifest, carried, missingApps);
      if (!asSafetyBackup) {
        retention.apply().sentences().forEach(warnings::add);
      }
      return DumpReport.of(
          manifest,
          published,
          List.copyOf(carried.files().keySet()),
          objects.map(SelectedObjects::report).orElse(null),
          warnings,
          Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** Counts the references of selected objects to objects that are not selected. */
  private void countReferences(SelectedObjects selected, ExternalReferences references)
      throws RunFailedException, SQLException, IOException {
    Map<Model, Map<String, Long>> counts = new HashMap<>();
    new StoredObjects(registry, transaction)
        .find(
            new SearchTerms(selected.keys(), new KeySet()),
            object -> {
              for (Reference reference : object.references()) {
                if (reference.field() != null && !selected.keys().contains(reference.target())) {
                  counts
                      .computeIfAbsent(object.key().model(), model -> new HashMap<>())
                      .merge(reference.field(), 1L, Long::sum);
                }
              }
            });
    counts.forEach(references::add);
  }

  private void requireMappedSchema() throws RunFailedException, SQLException {
    RunFailedException.throwIfAny(SchemaValidator.differences(selection.all(), transaction));
  }

  private void requirePrivileges() throws RunFailedException, SQLException {
    RunFailedException.throwIfAny(
        RolePrivileges.missingForDump(selection.all(), transaction).sentences());
  }

  /** Warns of requested keys that do not exist; fails if none exists. */
  private void requireKeys() throws RunFailedException, SQLException {
    if (request.pks().isEmpty()) {
      return;
    }
    Model model = selection.all().get(0);
    List<Long> missing = selection.rows(model).missing(model, transaction);
    if (missing.isEmpty()) {
      return;
    }
    String keys = missing.stream().map(String::valueOf).collect(joining(", "));
    if (missing.size() == Set.copyOf(request.pks()).size()) {
      throw new RunFailedException(
          List.of(FixtureError.of("none of these primary keys exists in " + model + ": " + keys)));
    }
    warnings.add("skipped primary keys that do not exist in " + model + ": " + keys);
  }

  private Masking masking() {
    return mask.isPresent() ? mask.get() : Masking.NONE;
  }

  /**
   * The files of the apps that were not requested; none if only some models or objects of an app
   * were. Files that are not masked cannot become part of a masked set, and encrypted files cannot
   * become part of a new set without the private key.
   */
  private CarriedForwardFiles carryForward() throws IOException {
    if (!selection.complete() || mask.isPresent()) {
      return CarriedForwardFiles.none("files are not carried forward to a partial or masked set");
    }
    if (encryption.isPresent()) {
      return CarriedForwardFiles.none(
          "files cannot be carried forward to an encrypted set, which therefore lacks these apps");
    }
    Set<String> others = new HashSet<>(registry.apps());
    others.removeAll(selection.models().keySet());
    Optional<BackupSet> previous = previous();
    if (previous.isPresent()) {
      return CarriedForwardFiles.of(previous.get(), file -> isOfOneOf(others, file));
    }
    return CarriedForwardFiles.none(
        sets.latestId()
            .map(
                id ->
                    "the newest complete set, %s, is missing, so its files cannot be carried forward"
                        .formatted(id))
            .orElse("there is no complete set to carry these apps forward from"));
  }

  private static boolean isOfOneOf(Set<String> apps, String file) {
    return FixtureName.of(file).map(FixtureName::base).filter(apps::contains).isPresent();
  }

  /** The apps of a complete set for which this set has no file. */
  private List<String> missingApps(CarriedForwardFiles carried) {
    if (!selection.complete()) {
      return List.of();
    }
    List<String> missing = new ArrayList<>(registry.dumpedApps());
    missing.removeAll(selection.models().keySet());
    missing.removeIf(
        app -> carried.files().keySet().stream().anyMatch(file -> isOfOneOf(Set.of(app), file)));
    return missing;
  }

  /** Fails if the previous set is needed and cannot be read. */
  private Optional<BackupSet> previous() throws IOException {
    try {
      return sets.latest();
    } catch (IOException e) {
      if (!selection.models().keySet().containsAll(registry.dumpedApps())) {
        throw e;
      }
      warnings.add("the previous set cannot be read, so nothing was carried forward from it");
      return Optional.empty();
    }
  }

  /**
   * The natural keys of groups and permissions. A load compares them, so that a reference by
   * primary key never comes to mean a different object.
   */
  private Map<String, List<Manifest.ReferencedObject>> referencedObjects(
      List<Manifest.ExternalReference> references) throws SQLException {
    Map<String, List<Manifest.ReferencedObject>> referencedObjects = new TreeMap<>();
    for (Manifest.ExternalReference reference : references) {
      Optional<Model> target = registry.find(reference.to()).filter(registry::isExcludedByDefault);
      if (target.isPresent() && !referencedObjects.containsKey(reference.to())) {
        List<NaturalKey> keys = NaturalKey.all(target.get(), transaction);
        referencedObjects.put(
            reference.to(),
            keys.stream()
                .map(key -> new Manifest.ReferencedObject(key.key(), masked(target.get(), key)))
                .toList());
      }
    }
    return referencedObjects;
  }

  private List<String> masked(Model model, NaturalKey key) {
    return mask.map(applied -> applied.naturalKey(model, key.parts())).orElse(key.parts());
  }

  private void warn(Manifest manifest, CarriedForwardFiles carried, List<String> missingApps) {
    for (Manifest.ExternalReference reference : manifest.externalReferences()) {
      boolean expected =
          registry.find(reference.to()).filter(registry::isExcludedByDefault).isPresent();
      warnings.add(
          reference.describe()
              + (expected
                  ? " (expected: a load first checks that its database has the same groups and"
                      + " permissions)"
                  : ""));
    }
    standby
        .filter(server -> server.lagBytes() > 0)
        .ifPresent(server -> warnings.add("read from " + server.describe()));
    mask.ifPresent(
        applied ->
            warnings.add(
                "masked by the profile "
                    + applied.manifestEntry().profile()
                    + ": this set is not a backup, so latest is unchanged"));
    if (!selection.hasAllRows()) {
      warnings.add("partial set: it contains only the requested objects, so latest is unchanged");
    } else if (!selection.complete()) {
      warnings.add(
          "partial set: it does not contain every model of its apps, so latest is unchanged");
    } else if (!missingApps.isEmpty() && mask.isEmpty()) {
      warnings.add(
          "partial set, so latest is unchanged: "
              + carried.whyIncomplete()
              + ": "
              + String.join(", ", missingApps)
              + "; to make a complete set, dump all apps");
    }
    if (!carried.files().isEmpty()) {
      warnings.add(
          "carried forward from the previous set: " + String.join(", ", carried.files().keySet()));
    }
  }
}

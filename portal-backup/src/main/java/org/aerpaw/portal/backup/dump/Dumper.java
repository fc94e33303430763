package org.aerpaw.portal.backup.dump;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.StagedFile;
import org.aerpaw.portal.backup.catalog.StagedSet;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureName;
import org.aerpaw.portal.backup.fixture.FixtureWriter;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.NaturalKey;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;

/** One dump: from the snapshot to the published set. */
final class Dumper {

  private static final Logger LOG = System.getLogger(Dumper.class.getName());

  /** So many objects take longer than it takes to begin a second transaction. */
  private static final long WORTH_TWO_HANDS = 10_000;

  private final ModelRegistry registry;
  private final BackupCatalog sets;
  private final Selection selection;
  private final DumpRequest request;
  private final Transaction transaction;
  private final DataSource database;
  private final RunContext context;

  private final List<String> warnings = new ArrayList<>();

  /**
   * @param transaction a snapshot, in which nothing was read yet
   * @param database where a second connection comes from
   */
  Dumper(
      ModelRegistry registry,
      BackupCatalog sets,
      DumpRequest request,
      Selection selection,
      Transaction transaction,
      DataSource database,
      RunContext context) {
    this.registry = registry;
    this.sets = sets;
    this.request = request;
    this.selection = selection;
    this.transaction = transaction;
    this.database = database;
    this.context = context;
  }

  DumpReport dump() throws RunFailedException, SQLException, IOException {
    return dump(false);
  }

  /** To a set that does not become the latest, and for which no older one goes. */
  DumpReport dumpDetached() throws RunFailedException, SQLException, IOException {
    return dump(true);
  }

  private DumpReport dump(boolean detached) throws RunFailedException, SQLException, IOException {
    long began = System.nanoTime();
    Snapshot snapshot = Snapshot.of(transaction);
    requireMappedSchema();
    Map<Model, Long> rows = countRows();
    CarriedForwardFiles takenOver = takeOver();
    try (StagedSet set = sets.stage(snapshot.taken(), context.executor())) {
      Set<String> held = new HashSet<>(takenOver.models());
      if (selection.rows().areAll()) {
        selection.all().forEach(model -> held.add(model.label()));
      }
      var leaving = new ExternalReferences(held);
      Map<String, Manifest.FileEntry> files = new TreeMap<>(takenOver.files());
      files.putAll(write(set, rows, snapshot, leaving));
      takenOver.linkInto(set);
      List<Manifest.ExternalReference> left = new ArrayList<>(leaving.counted());
      left.addAll(takenOver.leaving(held));
      left.sort(comparing(Manifest.ExternalReference::field));
      Map<String, List<Manifest.ReferencedIdentity>> roles = roles(left);
      takenOver.requireSame(roles);
      var manifest =
          new Manifest(
              Manifest.FORMAT,
              set.id(),
              selection.complete(),
              snapshot.versions(),
              snapshot.wal(),
              files,
              left,
              roles);
      for (String name : set.publish(manifest, selection.complete() && !detached)) {
        warnings.add("a file that is not from a dump was in the way and is kept as " + name);
      }
      List<String> linked = List.copyOf(takenOver.files().keySet());
      noteWhatIsMissing(manifest, linked);
      if (!detached) {
        applyRetention(set.id());
      }
      return DumpReport.of(manifest, linked, warnings, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /**
   * Writes the file of each app, the largest first: two at once, if that is worth it.
   *
   * @param leaving is told of all references
   */
  private Map<String, Manifest.FileEntry> write(
      StagedSet set, Map<Model, Long> rows, Snapshot snapshot, ExternalReferences leaving)
      throws RunFailedException, SQLException, IOException {
    long total = rows.values().stream().mapToLong(Long::longValue).sum();
    var dump = new FixtureDump(selection.rows(), total, context.progress());
    Map<String, Manifest.FileEntry> files = new ConcurrentHashMap<>();
    ParallelDump.Hand<List<Model>> hand =
        (models, transaction) -> {
          ExternalReferences ofFile = leaving.ofOtherModels();
          String name = fileName(models.get(0).app());
          try (StagedFile file = set.create(name)) {
            Map<String, Long> counts =
                dump.write(transaction, models, request.naturalKeys(), writer(file), ofFile::count);
            requireAll(models, counts, rows);
            files.put(name, entry(file, counts, snapshot.taken()));
          }
          leaving.add(ofFile);
        };
    List<List<Model>> apps = new ArrayList<>(selection.models().values());
    apps.sort(
        comparing((List<Model> models) -> models.stream().mapToLong(rows::get).sum()).reversed());
    if (total >= WORTH_TWO_HANDS) {
      ParallelDump.work(apps, hand, transaction, database, context.executor());
    } else {
      for (List<Model> models : apps) {
        hand.work(models, transaction);
      }
    }
    return files;
  }

  private void requireMappedSchema() throws RunFailedException, SQLException {
    List<String> differences = SchemaValidator.differences(selection.all(), transaction);
    if (!differences.isEmpty()) {
      throw new RunFailedException(differences.stream().map(FixtureError::of).toList());
    }
  }

  private Map<Model, Long> countRows() throws SQLException {
    Map<Model, Long> rows = new HashMap<>();
    for (Model model : selection.all()) {
      rows.put(
          model,
          transaction.queryOne(
              row -> row.getLong(1),
              "SELECT count(*) FROM " + model.sql() + " t" + selection.rows().condition(model)));
    }
    return rows;
  }

  /**
   * Apps that are not asked for come from the set before; a set of single models stands for itself.
   */
  private CarriedForwardFiles takeOver() throws IOException {
    if (!selection.complete()) {
      return CarriedForwardFiles.NOTHING;
    }
    Set<String> others = new HashSet<>(registry.apps());
    others.removeAll(selection.models().keySet());
    return previous()
        .map(set -> CarriedForwardFiles.of(set, file -> isOfOneOf(others, file)))
        .orElse(CarriedForwardFiles.NOTHING);
  }

  /** In whatever format the file is. */
  private static boolean isOfOneOf(Set<String> apps, String file) {
    return FixtureName.of(file).map(FixtureName::base).filter(apps::contains).isPresent();
  }

  /** A set before that cannot be read stops a dump that needs it, and no other. */
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

  private static void requireAll(
      List<Model> models, Map<String, Long> counts, Map<Model, Long> rows)
      throws RunFailedException {
    for (Model model : models) {
      long count = counts.get(model.label());
      if (count != rows.get(model)) {
        throw new RunFailedException(
            model
                + ": "
                + count
                + " objects were written where the snapshot has "
                + rows.get(model)
                + " rows",
            null);
      }
    }
  }

  private Manifest.FileEntry entry(StagedFile file, Map<String, Long> counts, Instant taken)
      throws IOException {
    return new Manifest.FileEntry(
        file.finish(),
        file.bytes(),
        taken,
        request.indent(),
        request.timestamps(),
        request.naturalForeign(),
        request.naturalPrimary(),
        !request.pks().isEmpty(),
        new LinkedHashMap<>(counts));
  }

  /** What a later load compares, so that a reference never comes to mean another role. */
  private Map<String, List<Manifest.ReferencedIdentity>> roles(
      List<Manifest.ExternalReference> left) throws SQLException {
    Map<String, List<Manifest.ReferencedIdentity>> roles = new TreeMap<>();
    for (Manifest.ExternalReference one : left) {
      Optional<Model> target = registry.find(one.to()).filter(registry::isLeftOut);
      if (target.isPresent() && !roles.containsKey(one.to())) {
        List<NaturalKey> keys = NaturalKey.all(target.get(), transaction);
        roles.put(
            one.to(),
            keys.stream()
                .map(key -> new Manifest.ReferencedIdentity(key.key(), key.parts()))
                .toList());
      }
    }
    return roles;
  }

  private void noteWhatIsMissing(Manifest manifest, List<String> linked) {
    for (Manifest.ExternalReference one : manifest.externalReferences()) {
      warnings.add(
          one.references()
              + " references of "
              + one.field()
              + " lead to "
              + one.to()
              + ", which is not in this set");
    }
    if (!selection.rows().areAll()) {
      warnings.add("partial set: it contains only the requested objects, so latest is unchanged");
    } else if (!manifest.complete()) {
      warnings.add(
          "partial set: it does not contain every model of its apps, so latest is unchanged");
    }
    if (!linked.isEmpty()) {
      warnings.add("carried forward from the previous set: " + String.join(", ", linked));
    }
  }

  /** The dump is made, whatever becomes of older ones. */
  private void applyRetention(String made) {
    List<String> removed = new ArrayList<>();
    try {
      sets.applyRetention(made, removed::add);
    } catch (IOException | UncheckedIOException e) {
      warnings.add("older sets could not be deleted; the server's log says why");
      LOG.log(Level.WARNING, "older sets could not be deleted: {0}", e.toString());
    }
    if (!removed.isEmpty()) {
      warnings.add("deleted older sets: " + String.join(", ", removed));
    }
  }

  private FixtureWriter writer(StagedFile file) {
    return new FixtureWriter(file, request.layout(), request.format(), request.compress());
  }

  private String fileName(String app) {
    return app + request.format().extension() + request.compress().extension();
  }
}

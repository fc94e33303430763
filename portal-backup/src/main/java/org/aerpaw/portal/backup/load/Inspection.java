package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureName;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.fixture.FixtureReader;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.load.fast.Strategy;
import org.aerpaw.portal.backup.load.fast.TableStrategies;
import org.aerpaw.portal.backup.load.fast.TableStrategy;
import org.aerpaw.portal.backup.load.source.FixtureFile;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.staging.ReferencedIdentityCheck;
import org.aerpaw.portal.backup.load.tables.TableInspector;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.NaturalKey;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Chooses a strategy for the table of every model of a load, before any row is read.
 *
 * <p>Which models a file contains is taken from its manifest, or from its name if that is the name
 * of an app. Any other file is scanned, and so is every file of a replacing load without a
 * manifest, since the tables of such a load are locked and backed up before it is read.
 */
final class Inspection {

  /**
   * The size of a load's text in bytes from which COPY and COMPARE are faster than staging. Tests
   * set it to 0.
   */
  private static final long LARGE = Long.getLong("portal.load.large", 1 << 20);

  /** How many times larger than the text tables may be for COMPARE. */
  private static final int MUCH_LARGER = 4;

  /** The usual ratio of a text's size to its compressed size. */
  private static final int COMPRESSION_RATIO = 8;

  private final LoadContext load;
  private final List<FixtureFile> files;
  private final ModelRegistry registry;
  private final Transaction transaction;
  private final long bytes;
  private final TableStrategies strategies;

  private Inspection(LoadContext load) throws IOException {
    this.load = load;
    this.files = load.found().files();
    this.registry = load.registry();
    this.transaction = load.transaction();
    this.bytes = bytes(files);
    this.strategies =
        new TableStrategies(
            bytes < LARGE ? "the load is small" : "no file should contain objects of this model");
  }

  /**
   * Chooses the strategies.
   *
   * @throws RunFailedException if a replacing load is of tables that differ from their mapping
   */
  static TableStrategies strategies(LoadContext load)
      throws RunFailedException, SQLException, IOException {
    var inspection = new Inspection(load);
    if (inspection.bytes >= LARGE || load.replaces()) {
      inspection.inspectFiles();
      inspection.inspectTables();
    }
    return inspection.strategies;
  }

  /**
   * Whether the table of a model can be copied into: it is empty, and copied rows stay as they are.
   */
  static boolean isCopyable(Model model, Transaction transaction) throws SQLException {
    var table = new TableInspector(model, transaction);
    return table.isEmpty() && table.acceptsPlainCopy();
  }

  private void inspectFiles() throws IOException {
    Map<Model, String> fileOf = new LinkedHashMap<>();
    for (FixtureFile file : files) {
      Optional<String> reason = reasonToStage(file);
      for (Model model : models(file)) {
        String other = fileOf.putIfAbsent(model, file.name());
        if (other != null) {
          strategies.stage(model, "objects are in " + other + " and " + file.name());
        } else if (reason.isPresent()) {
          strategies.stage(model, reason.get());
        } else {
          strategies.put(model, TableStrategy.COMPARE);
        }
      }
    }
  }

  private void inspectTables() throws RunFailedException, SQLException {
    List<String> differences = SchemaValidator.differences(strategies.models(), transaction);
    if (!differences.isEmpty()) {
      if (load.replaces()) {
        throw new RunFailedException(differences.stream().map(FixtureError::of).toList());
      }
      strategies.clear("tables differ from their mapping");
      return;
    }
    Optional<String> identities = differentIdentities();
    if (identities.isPresent()) {
      strategies.stageAll(identities.get() + " differs from the set's");
    }
    long bytesToCompare = 0;
    List<Model> compared = new ArrayList<>();
    for (Model model : strategies.models(Strategy.COMPARE)) {
      var table = new TableInspector(model, transaction);
      if (isCopyable(model, transaction)) {
        strategies.put(model, TableStrategy.COPY);
      } else if (table.isEmpty()) {
        strategies.stage(model, "the table has triggers, rules, policies or no unique index");
      } else if (load.request().mode() == LoadMode.INSERT) {
        strategies.stage(model, "the table has rows");
      } else {
        compared.add(model);
        bytesToCompare += table.bytes();
      }
    }
    if (bytesToCompare > MUCH_LARGER * bytes) {
      compared.forEach(
          model -> strategies.stage(model, "the tables are much larger than the files"));
    }
  }

  /** Why the models of a file are to be staged, if they are. */
  private Optional<String> reasonToStage(FixtureFile file) throws IOException {
    if (bytes < LARGE) {
      return Optional.of("the load is small");
    }
    Optional<Manifest.FileEntry> entry = file.manifestEntry();
    if (entry.isPresent()) {
      return entry.get().naturalForeign() || entry.get().naturalPrimary()
          ? Optional.of(file.name() + " has natural keys")
          : Optional.empty();
    }
    return appOf(file).isEmpty() && bytes(List.of(file)) < LARGE
        ? Optional.of(file.name() + " is small and not named after an app")
        : Optional.empty();
  }

  private Set<Model> models(FixtureFile file) throws IOException {
    Optional<Manifest.FileEntry> entry = file.manifestEntry();
    if (entry.isPresent() && !load.request().ignoreManifest()) {
      return known(entry.get().models().keySet());
    }
    List<Model> app = appOf(file);
    return app.isEmpty() || load.replaces() ? scan(file) : new LinkedHashSet<>(app);
  }

  /** The models of the app that a file is named after; none if there is no such app. */
  private List<Model> appOf(FixtureFile file) {
    return name(file).map(name -> registry.models(name.base())).orElse(List.of());
  }

  /** The models of the objects in a file; errors are left to the stage that reads the objects. */
  private Set<Model> scan(FixtureFile file) throws IOException {
    Set<String> labels = new LinkedHashSet<>();
    try (InputStream in = Files.newInputStream(file.path())) {
      var reader = new FixtureReader(in, file.name(), error -> {});
      for (FixtureObject object = reader.next(); object != null; object = reader.next()) {
        labels.add(object.model());
      }
    }
    return known(labels);
  }

  private Set<Model> known(Set<String> labels) {
    Set<Model> models = new LinkedHashSet<>();
    labels.forEach(label -> registry.find(label).ifPresent(models::add));
    return models;
  }

  /**
   * A model whose objects the set refers to without containing them, if they are loaded too or are
   * not all in the database. {@link ReferencedIdentityCheck} finds out whether that matters.
   */
  private Optional<String> differentIdentities() throws SQLException {
    Set<Manifest> manifests = new LinkedHashSet<>();
    files.stream().map(FixtureFile::manifest).filter(Objects::nonNull).forEach(manifests::add);
    for (Manifest manifest : manifests) {
      for (var identities : manifest.referencedIdentities().entrySet()) {
        Optional<Model> target = registry.find(identities.getKey());
        if (target.isPresent()
            && (strategies.models().contains(target.get())
                || !exist(identities.getValue(), target.get()))) {
          return Optional.of(identities.getKey());
        }
      }
    }
    return Optional.empty();
  }

  private boolean exist(List<Manifest.ReferencedIdentity> identities, Model target)
      throws SQLException {
    Set<Manifest.ReferencedIdentity> existing = new HashSet<>();
    for (NaturalKey key : NaturalKey.all(target, transaction)) {
      existing.add(new Manifest.ReferencedIdentity(key.key(), key.parts()));
    }
    return existing.containsAll(identities);
  }

  private static Optional<FixtureName> name(FixtureFile file) {
    return FixtureName.of(file.path().getFileName().toString());
  }

  /** The approximate size of the files' text. */
  private static long bytes(List<FixtureFile> files) throws IOException {
    long bytes = 0;
    for (FixtureFile file : files) {
      boolean isCompressed =
          name(file).filter(name -> name.compression() != Compression.NONE).isPresent();
      bytes += Files.size(file.path()) * (isCompressed ? COMPRESSION_RATIO : 1);
    }
    return bytes;
  }
}

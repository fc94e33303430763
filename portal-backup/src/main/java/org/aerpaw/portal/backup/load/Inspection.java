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
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.fixture.FixtureReader;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.aerpaw.portal.backup.load.fast.Strategy;
import org.aerpaw.portal.backup.load.fast.TableStrategies;
import org.aerpaw.portal.backup.load.fast.TableStrategy;
import org.aerpaw.portal.backup.load.source.FixtureFile;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.staging.ReferencedObjectCheck;
import org.aerpaw.portal.backup.load.tables.TableInspector;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.NaturalKey;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Chooses a strategy for the table of each model, before the load reads the files. A small load
 * that replaces nothing is not inspected.
 *
 * <p>The models of a file are those in its manifest unless that is ignored, or those of the app
 * that the file is named after. Other files are scanned. A replacing load scans every file without
 * a manifest, since it locks the tables and backs them up before it reads the files.
 */
final class Inspection {

  /** The size of the files' text from which COPY and COMPARE are used. Tests set it to 0. */
  private static final long LARGE_BYTES = Long.getLong("portal.load.large", 1 << 20);

  /** The size of the files' text above which rebuilding the indexes pays off. */
  private static final long INDEX_BYTES = Long.getLong("portal.load.large", 8 << 20);

  /** The maximum ratio of the size of the tables to that of the text for COMPARE. */
  private static final int MAX_TABLE_RATIO = 4;

  /** The estimated ratio of the size of a text to its compressed size. */
  private static final int COMPRESSION_RATIO = 8;

  private final LoadContext load;
  private final List<FixtureFile> files;
  private final ModelRegistry registry;
  private final Transaction transaction;
  private final long bytes;
  private final TableStrategies strategies;

  private Inspection(LoadContext load) throws IOException {
    this.load = load;
    this.files = load.fixtures().files();
    this.registry = load.registry();
    this.transaction = load.transaction();
    this.bytes = bytes(files);
    this.strategies =
        new TableStrategies(
            bytes < LARGE_BYTES
                ? "the load is small"
                : "a file contains objects of this model, which neither its manifest nor its name"
                    + " announces",
            bytes >= INDEX_BYTES);
  }

  /**
   * Chooses the strategies.
   *
   * @throws RunFailedException if the load is a replacing one and its tables differ from the
   *     mapping
   */
  static TableStrategies strategies(LoadContext load)
      throws RunFailedException, SQLException, IOException {
    var inspection = new Inspection(load);
    if (inspection.bytes >= LARGE_BYTES || load.replaces()) {
      inspection.inspectFiles();
      inspection.inspectTables();
    }
    return inspection.strategies;
  }

  /** Whether COPY can be used: the role owns the tables, they are empty and accept plain copies. */
  static boolean isCopyable(Model model, Transaction transaction) throws SQLException {
    var table = new TableInspector(model, transaction);
    return table.isEmpty() && table.areOwned() && table.acceptsPlainCopy();
  }

  private void inspectFiles() throws IOException {
    Map<Model, String> fileOf = new LinkedHashMap<>();
    for (FixtureFile file : files) {
      Optional<String> reason = reasonToStage(file);
      for (Model model : models(file)) {
        String other = fileOf.putIfAbsent(model, file.name());
        if (other != null) {
          strategies.stage(
              model, "both " + other + " and " + file.name() + " contain objects of this model");
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
    if (load.replaces()) {
      RunFailedException.throwIfAny(differences);
    }
    if (!differences.isEmpty()) {
      strategies.clear("the database's tables differ from the portal's");
      return;
    }
    Optional<String> target = unconfirmedReferencedObjects();
    if (target.isPresent()) {
      strategies.stageAll(
          "the rows of " + target.get() + " are possibly not those that the set refers to");
    }
    for (Model model : List.copyOf(strategies.models())) {
      List<String> triggers = new TableInspector(model, transaction).triggers();
      if (!triggers.isEmpty()) {
        // Triggers can change rows of any table, and only staged objects can be compared with the
        // stored rows afterwards.
        strategies.stageAll("the database has triggers or rules: " + triggers.get(0));
      }
    }
    long bytesToCompare = 0;
    List<Model> compared = new ArrayList<>();
    for (Model model : strategies.models(Strategy.COMPARE)) {
      var table = new TableInspector(model, transaction);
      if (isCopyable(model, transaction)) {
        strategies.put(model, TableStrategy.COPY);
      } else if (table.isEmpty()) {
        strategies.stage(
            model,
            table.areOwned()
                ? "the table has triggers, rules or policies, or lacks a unique index"
                : "the role does not own the table");
      } else if (load.request().mode() == LoadMode.INSERT) {
        strategies.stage(model, "mode insert, and the table has rows");
      } else {
        compared.add(model);
        bytesToCompare += table.bytes();
      }
    }
    if (bytesToCompare > MAX_TABLE_RATIO * bytes) {
      compared.forEach(
          model -> strategies.stage(model, "the tables are much larger than the files"));
    }
  }

  /** Why the models of a file must be staged; empty if they need not be. */
  private Optional<String> reasonToStage(FixtureFile file) throws IOException {
    if (bytes < LARGE_BYTES) {
      return Optional.of("the load is small");
    }
    Optional<Manifest.FileEntry> entry = file.manifestEntry();
    if (entry.isPresent()) {
      return entry.get().naturalForeign() || entry.get().naturalPrimary()
          ? Optional.of(file.name() + " has natural keys")
          : Optional.empty();
    }
    return modelsOfApp(file).isEmpty() && bytes(List.of(file)) < LARGE_BYTES
        ? Optional.of(file.name() + " is small and not named after an app")
        : Optional.empty();
  }

  private List<Model> models(FixtureFile file) throws IOException {
    Optional<Manifest.FileEntry> entry = file.manifestEntry();
    if (entry.isPresent() && !load.request().ignoreManifest()) {
      return load.renames().findAll(entry.get().models().keySet());
    }
    List<Model> app = modelsOfApp(file);
    return app.isEmpty() || load.replaces() ? scan(file) : app;
  }

  /** The models of the app that a file is named after; empty if there is no such app. */
  private List<Model> modelsOfApp(FixtureFile file) {
    return name(file).map(name -> load.renames().models(name.base())).orElse(List.of());
  }

  /** The models of the objects in a file. Errors are ignored here; the READ stage reports them. */
  private List<Model> scan(FixtureFile file) throws IOException {
    Set<String> labels = new LinkedHashSet<>();
    try (InputStream in = file.open()) {
      var reader = new FixtureReader(in, file.name(), error -> {});
      for (FixtureObject object = reader.next(); object != null; object = reader.next()) {
        labels.add(object.model());
      }
    }
    return load.renames().findAll(labels);
  }

  /**
   * The label of a model with referenced objects that the load may change or that the database
   * lacks. {@link ReferencedObjectCheck} must then compare them, which requires staged references.
   */
  private Optional<String> unconfirmedReferencedObjects() throws SQLException {
    Set<Manifest> manifests = new LinkedHashSet<>();
    files.stream().map(FixtureFile::manifest).filter(Objects::nonNull).forEach(manifests::add);
    for (Manifest manifest : manifests) {
      for (var objects : manifest.referencedIdentities().entrySet()) {
        Optional<Model> target = load.renames().find(objects.getKey());
        if (target.isPresent()
            && (strategies.models().contains(target.get())
                || !allExist(objects.getValue(), target.get()))) {
          return Optional.of(objects.getKey());
        }
      }
    }
    return Optional.empty();
  }

  private boolean allExist(List<Manifest.ReferencedObject> objects, Model target)
      throws SQLException {
    Set<Manifest.ReferencedObject> existing = new HashSet<>();
    for (NaturalKey key : NaturalKey.all(target, transaction)) {
      existing.add(new Manifest.ReferencedObject(key.key(), key.parts()));
    }
    return existing.containsAll(objects);
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

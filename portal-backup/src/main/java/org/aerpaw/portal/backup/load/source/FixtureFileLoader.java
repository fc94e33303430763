package org.aerpaw.portal.backup.load.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.fixture.compress.CorruptArchiveException;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.column.ConversionWarnings;
import org.aerpaw.portal.backup.postgres.checks.DatabaseEncoding;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;
import org.aerpaw.portal.backup.rows.conversion.ObjectConverter;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.RunContext;

/**
 * Parses the files of a load, passes their converted objects to an {@link ObjectSink} and hashes
 * them. Collects errors and continues with the next object.
 */
public final class FixtureFileLoader {

  private static final int PROGRESS_INTERVAL = 1000;

  private final Renames renames;
  private final LoadRequest request;
  private final Optional<DatabaseEncoding> encoding;
  private final ErrorCollector errors;
  private final RunContext context;

  /** Selects the objects to load by their keys; null if all are loaded. */
  private final BiPredicate<Model, Long> selection;

  private final Map<String, Long> objectsOfFiles = new LinkedHashMap<>();
  private final SortedMap<String, String> hashes = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final SkippedObjects ignored = new SkippedObjects();

  /** The old names that were found in the files. */
  private final Set<String> usedNames = new HashSet<>();

  private long objects;
  private boolean sinkIsDone;

  /**
   * @param selection selects the objects to load by their keys; null if all are loaded
   */
  public FixtureFileLoader(
      Renames renames,
      LoadRequest request,
      Optional<DatabaseEncoding> encoding,
      ErrorCollector errors,
      RunContext context,
      BiPredicate<Model, Long> selection) {
    this.renames = renames;
    this.request = request;
    this.encoding = encoding;
    this.errors = errors;
    this.context = context;
    this.selection = selection;
  }

  /** Reads all files, but stops if there are too many errors or the sink rejects an object. */
  public void read(List<FixtureFile> files, ObjectSink sink) throws SQLException, IOException {
    for (int i = 0; i < files.size() && isActive(); i++) {
      read(files.get(i), i, sink);
    }
    if (isActive()) {
      sink.finish();
    }
    ignored.warning().ifPresent(warnings::add);
    if (selection == null) {
      warnings.addAll(renames.warnings(usedNames));
    }
  }

  /** The number of objects by file name. */
  public Map<String, Long> objectsOfFiles() {
    return objectsOfFiles;
  }

  public List<String> warnings() {
    return warnings;
  }

  public SkippedObjects ignored() {
    return ignored;
  }

  /** The hash of all files. */
  public FixtureSetHash hash() {
    return FixtureSetHash.of(hashes);
  }

  private void read(FixtureFile file, int index, ObjectSink sink) throws SQLException, IOException {
    var hash = Sha256.digest();
    var conversionWarnings = new ConversionWarnings();
    long before = objects;
    try (InputStream in = new DigestInputStream(file.open(), hash)) {
      try (var ahead = new ReadAhead(in, file.name(), errors::add, context.executor())) {
        read(file, index, ahead, conversionWarnings, sink);
      }
      report(file.name(), null);
      in.transferTo(OutputStream.nullOutputStream());
    } catch (CorruptArchiveException e) {
      // Encrypted files are checked beyond the place where the parser stopped.
      if (errors.isEmpty()) {
        errors.add(new FixtureError(file.name(), null, null, null, null, null, e.getMessage()));
      }
      return;
    }
    objectsOfFiles.put(file.name(), objects - before);
    if (request.mode() == LoadMode.REPLACE) {
      expectModelsOfManifest(file, sink);
    }
    if (conversionWarnings.anyZoneMissing()) {
      warnings.add(file.name() + ": timestamps without a time zone were read as UTC");
    }
    hashes.put(file.name(), Sha256.hex(hash));
    Optional<String> expected = file.manifestEntry().map(Manifest.FileEntry::sha256);
    if (expected.isPresent() && !expected.get().equals(hashes.get(file.name()))) {
      reportMismatch(file);
    }
  }

  private void read(
      FixtureFile file,
      int index,
      ReadAhead in,
      ConversionWarnings conversionWarnings,
      ObjectSink sink)
      throws SQLException, IOException {
    var converters = new HashMap<String, ObjectConverter>();
    String label = "";
    Optional<Model> model = Optional.empty();
    ObjectConverter converter = null;
    FixtureObject object = in.next();
    for (long number = 0; object != null && isActive(); number++, object = in.next()) {
      if (!object.model().equals(label)) {
        label = object.model();
        model = renames.find(label);
        converter =
            model.isEmpty()
                ? null
                : converters.computeIfAbsent(
                    Renames.lower(label),
                    key ->
                        converter(renames.find(key).get(), key, file.name(), conversionWarnings));
      }
      if (model.isEmpty()) {
        handleUnknownModel(file, object);
        continue;
      }
      if (selection != null && !isSelected(model.get(), object, converter)) {
        continue;
      }
      addUsedNames(object);
      Optional<ConvertedObject> converted = converter.convert(object);
      if (converted.isPresent()) {
        sinkIsDone = !sink.add(model.get(), new ObjectRef(index, number).number(), converted.get());
      } else {
        sink.includeModel(model.get());
      }
      if (++objects % PROGRESS_INTERVAL == 0) {
        report(model.get().app(), model.get().label());
      }
    }
  }

  private void addUsedNames(FixtureObject object) {
    Set<String> renamed = renames.fields(object.model()).keySet();
    if (!renamed.isEmpty()) {
      object.fields().stream()
          .filter(field -> renamed.contains(field.name()))
          .forEach(field -> usedNames.add(Renames.lower(object.model()) + "." + field.name()));
    }
  }

  private boolean isSelected(Model model, FixtureObject object, ObjectConverter converter) {
    try {
      Object key = converter.key(object);
      return key != null && selection.test(model, (Long) key);
    } catch (BadValueException e) {
      return false;
    }
  }

  private boolean isActive() {
    return !sinkIsDone && !errors.isFull();
  }

  private void report(String app, String model) {
    context.progress().accept(Progress.of(app, model, null, objects, 0));
  }

  /**
   * Expects the models that the manifest lists, since a replacing load may delete all their rows.
   */
  private void expectModelsOfManifest(FixtureFile file, ObjectSink sink) throws SQLException {
    Set<String> labels =
        file.manifestEntry().map(entry -> entry.models().keySet()).orElse(Set.of());
    for (Model model : renames.findAll(labels)) {
      sink.includeModel(model);
    }
  }

  private void reportMismatch(FixtureFile file) {
    String reason = "the sha256 differs from the manifest";
    if (request.ignoreManifest()) {
      warnings.add(file.name() + ": " + reason);
    } else {
      errors.add(new FixtureError(file.name(), null, null, null, null, null, reason));
    }
  }

  /**
   * @param label the label in the file, in lower case
   */
  private ObjectConverter converter(
      Model model, String label, String file, ConversionWarnings conversionWarnings) {
    usedNames.add(label);
    return new ObjectConverter(
        model,
        file,
        renames.fields(label),
        encoding,
        conversionWarnings,
        error -> errors.add(renames.explain(label, error)),
        request.ignoreNonexistent() ? field -> ignored.addField(model, field) : null);
  }

  private void handleUnknownModel(FixtureFile file, FixtureObject object) {
    if (selection != null) {
      return;
    }
    if (request.ignoreNonexistent()) {
      ignored.addObject(object.model());
    } else {
      errors.add(FixtureError.at(file.name(), object.at(), "no such model: " + object.model()));
    }
  }
}

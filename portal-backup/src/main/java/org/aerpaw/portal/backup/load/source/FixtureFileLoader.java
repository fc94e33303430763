package org.aerpaw.portal.backup.load.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.column.ConversionWarnings;
import org.aerpaw.portal.backup.rows.ConvertedObject;
import org.aerpaw.portal.backup.rows.ObjectConverter;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.RunContext;

/**
 * Reads the files of a load: parses, converts, hashes. What is wrong goes to the errors, and the
 * rest is read all the same.
 */
public final class FixtureFileLoader {

  private static final int OBJECTS_A_PROGRESS = 1000;

  private final ModelRegistry registry;
  private final LoadRequest request;
  private final ErrorCollector errors;
  private final RunContext context;

  private final Map<String, Long> objectsOfFiles = new LinkedHashMap<>();
  private final SortedMap<String, String> hashes = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final SkippedObjects ignored = new SkippedObjects();
  private long objects;
  private boolean sinkIsDone;

  public FixtureFileLoader(
      ModelRegistry registry, LoadRequest request, ErrorCollector errors, RunContext context) {
    this.registry = registry;
    this.request = request;
    this.errors = errors;
    this.context = context;
  }

  /** Reads all files, until there are too many errors or the sink refuses an object. */
  public void read(List<FixtureFile> files, ObjectSink sink) throws SQLException, IOException {
    for (int i = 0; i < files.size() && goesOn(); i++) {
      read(files.get(i), i, sink);
    }
    if (goesOn()) {
      sink.finish();
    }
    ignored.note().ifPresent(warnings::add);
  }

  private boolean goesOn() {
    return !sinkIsDone && !errors.isFull();
  }

  /** By name. */
  public Map<String, Long> objectsOfFiles() {
    return objectsOfFiles;
  }

  /** What was unusual and was taken all the same. */
  public List<String> warnings() {
    return warnings;
  }

  /** What was passed over. */
  public SkippedObjects ignored() {
    return ignored;
  }

  /** Of all the files. */
  public FixtureSetHash content() {
    return FixtureSetHash.of(hashes);
  }

  private void read(FixtureFile file, int number, ObjectSink sink)
      throws SQLException, IOException {
    var hash = Sha256.digest();
    var conversionNotes = new ConversionWarnings();
    long before = objects;
    try (InputStream in = new DigestInputStream(Files.newInputStream(file.path()), hash)) {
      try (var ahead = new ReadAhead(in, file.name(), errors::add, context.executor())) {
        read(file, number, ahead, conversionNotes, sink);
      }
      report(file.name(), null);
      in.transferTo(OutputStream.nullOutputStream());
    }
    objectsOfFiles.put(file.name(), objects - before);
    if (request.mode() == LoadMode.REPLACE) {
      expectWithoutObjects(file, sink);
    }
    if (conversionNotes.anyZoneMissing()) {
      warnings.add(file.name() + ": timestamps without a zone were taken as UTC");
    }
    hashes.put(file.name(), Sha256.hex(hash));
    Optional<String> manifestEntry = file.manifestEntry().map(Manifest.FileEntry::sha256);
    if (manifestEntry.isPresent() && !manifestEntry.get().equals(hashes.get(file.name()))) {
      reportMismatch(file);
    }
  }

  private void read(
      FixtureFile file,
      int number,
      ReadAhead in,
      ConversionWarnings conversionNotes,
      ObjectSink sink)
      throws SQLException, IOException {
    var converters = new HashMap<Model, ObjectConverter>();
    String label = "";
    Optional<Model> model = Optional.empty();
    FixtureObject object = in.next();
    for (long place = 0; object != null && goesOn(); place++, object = in.next()) {
      if (!object.model().equals(label)) {
        label = object.model();
        model = registry.find(label);
      }
      if (model.isEmpty()) {
        skip(file, object);
        continue;
      }
      Optional<ConvertedObject> converted =
          converters
              .computeIfAbsent(model.get(), known -> converter(known, file.name(), conversionNotes))
              .convert(object);
      if (converted.isPresent()) {
        sinkIsDone = !sink.add(model.get(), new ObjectRef(number, place).number(), converted.get());
      } else {
        sink.expect(model.get());
      }
      if (++objects % OBJECTS_A_PROGRESS == 0) {
        report(model.get().app(), model.get().label());
      }
    }
  }

  private void report(String app, String model) {
    context.progress().accept(new Progress(app, model, null, objects, 0));
  }

  /**
   * The models that a file holds, if only none of their objects: a replacing load then takes all
   * their rows away.
   */
  private void expectWithoutObjects(FixtureFile file, ObjectSink sink) throws SQLException {
    Set<String> labels =
        file.manifestEntry().map(entry -> entry.models().keySet()).orElse(Set.of());
    for (String label : labels) {
      Optional<Model> model = registry.find(label);
      if (model.isPresent()) {
        sink.expect(model.get());
      }
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

  private ObjectConverter converter(Model model, String file, ConversionWarnings conversionNotes) {
    return new ObjectConverter(
        model,
        file,
        conversionNotes,
        errors::add,
        request.ignoreNonexistent() ? field -> ignored.addField(model, field) : null);
  }

  /** An object of an unknown model. */
  private void skip(FixtureFile file, FixtureObject object) {
    if (request.ignoreNonexistent()) {
      ignored.addObject(object.model());
    } else {
      errors.add(FixtureError.at(file.name(), object.at(), "no such model: " + object.model()));
    }
  }
}

package org.aerpaw.portal.backup.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.dump.FixtureDump;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureWriter;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.aerpaw.portal.backup.load.TrialLoad;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.rows.Masking;
import org.aerpaw.portal.backup.rows.NaturalKeyOptions;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Verifies one set: checks its files, loads them on trial and compares a dump of the result. */
final class Verification {

  private final DataSource database;
  private final ModelRegistry registry;
  private final BackupSet set;
  private final RunContext context;
  private final List<FixtureError> errors = new ArrayList<>();
  private final long objects;

  Verification(DataSource database, ModelRegistry registry, BackupSet set, RunContext context) {
    this.database = database;
    this.registry = registry;
    this.set = set;
    this.context = context;
    this.objects = set.manifest().objects();
  }

  /**
   * @throws RunFailedException with all errors of the first step that finds any
   */
  VerificationReport verify() throws RunFailedException, SQLException, IOException {
    long began = System.nanoTime();
    if (set.manifest().files().isEmpty()) {
      errors.add(FixtureError.of("the set contains no files"));
    }
    set.verifyFiles().forEach(this::addError);
    Set<Model> held = models();
    throwIfAny();
    List<String> warnings = new ArrayList<>();
    try (Transaction transaction = Transaction.begin(context.cancellable().apply(database))) {
      var tables = ScratchSchema.create(registry, held, transaction);
      warnings.addAll(
          TrialLoad.load(
              registry,
              set,
              transaction,
              context.withProgress(reached -> showProgress(reached, 0))));
      tables.analyze();
      dumpAgain(transaction);
    }
    throwIfAny();
    for (Manifest.ExternalReference one : set.manifest().externalReferences()) {
      warnings.add(
          one.describe()
              + "; the trial restore used the rows of "
              + one.to()
              + " in the current database");
    }
    return VerificationReport.of(
        set.manifest(), warnings, Duration.ofNanos(System.nanoTime() - began));
  }

  /** The models that the manifest names. */
  private Set<Model> models() {
    Set<Model> models = new LinkedHashSet<>();
    set.manifest()
        .files()
        .forEach(
            (name, file) -> {
              for (String label : file.models().keySet()) {
                Optional<Model> model = registry.find(label);
                model.ifPresent(models::add);
                if (model.isEmpty()) {
                  addError(name, "the manifest names an unknown model: " + label);
                }
              }
            });
    return models;
  }

  private void dumpAgain(Transaction transaction)
      throws RunFailedException, SQLException, IOException {
    Masking masking = set.manifest().mask() == null ? Masking.NONE : Masking.ALREADY_MASKED;
    var dump = new FixtureDump(masking, objects, reached -> showProgress(reached, objects));
    for (var file : set.manifest().files().entrySet()) {
      Manifest.FileEntry manifestEntry = file.getValue();
      Optional<FixtureName> name = FixtureName.of(file.getKey());
      if (name.isEmpty()) {
        addError(file.getKey(), "this is not the name of a fixture file");
        continue;
      }
      List<Model> models =
          manifestEntry.models().keySet().stream()
              .map(label -> registry.find(label).orElseThrow())
              .toList();
      var hash = Sha256.digest();
      Map<String, Long> counts;
      try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), hash)) {
        var keys =
            new NaturalKeyOptions(manifestEntry.naturalForeign(), manifestEntry.naturalPrimary());
        var layout = new FileLayout(manifestEntry.indent(), manifestEntry.timestamps());
        // Another Java version may compress the same text to other bytes, so texts are compared.
        var writer = new FixtureWriter(out, layout, name.get().format(), Compression.NONE);
        counts = dump.write(transaction, models, keys, writer, (model, written) -> {});
      }
      if (!counts.equals(manifestEntry.models())) {
        addError(file.getKey(), "the number of objects of a model differs from the manifest");
      } else if (!Sha256.hex(hash).equals(hashOfText(file.getKey()))) {
        addError(file.getKey(), "a dump of the restored rows differs from this file");
      }
    }
    dump.throwIfAnyIsUnwritable();
  }

  /** The sha256 of the decompressed content of a file. */
  private String hashOfText(String file) throws IOException {
    Compression compression = FixtureName.of(file).orElseThrow().compression();
    var hash = Sha256.digest();
    try (InputStream in = Files.newInputStream(set.folder().resolve(file));
        var out = new DigestOutputStream(OutputStream.nullOutputStream(), hash)) {
      compression.decompress(in).transferTo(out);
    }
    return Sha256.hex(hash);
  }

  /** Objects are loaded and dumped; each counts for half of the progress. */
  private void showProgress(Progress reached, long before) {
    context
        .progress()
        .accept(
            Progress.of(
                reached.app(),
                reached.model(),
                reached.stage(),
                (before + reached.objects()) / 2,
                objects));
  }

  private void addError(String file, String reason) {
    errors.add(new FixtureError(file, null, null, null, null, null, reason));
  }

  private void throwIfAny() throws RunFailedException {
    if (!errors.isEmpty()) {
      throw new RunFailedException(errors);
    }
  }
}

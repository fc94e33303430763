package org.aerpaw.portal.backup.dump;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.StagedFile;
import org.aerpaw.portal.backup.catalog.StagedSet;
import org.aerpaw.portal.backup.dump.snapshot.SnapshotWorkers;
import org.aerpaw.portal.backup.fixture.FixtureWriter;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.rows.Masking;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Writes the selected rows to a staged set, one file for each app. */
record AppFiles(
    Selection selection, DumpRequest request, Masking masking, Consumer<Progress> progress) {

  /**
   * Writes the largest files first, and two at a time.
   *
   * @param taken the time of the snapshot
   * @param references receives the number of references of each model by field
   * @return the entries of the manifest by file name
   */
  Map<String, Manifest.FileEntry> write(
      SnapshotWorkers workers,
      StagedSet set,
      Instant taken,
      BiConsumer<Model, Map<String, Long>> references)
      throws RunFailedException, SQLException, IOException {
    Map<Model, Long> rows = countRows(workers);
    long total = rows.values().stream().mapToLong(Long::longValue).sum();
    var dump = new FixtureDump(selection::rows, masking, total, progress);
    Map<String, Manifest.FileEntry> files = new ConcurrentHashMap<>();
    SnapshotWorkers.Worker<List<Model>> worker =
        (models, transaction) -> {
          String name = fileName(models);
          try (StagedFile file = set.create(name)) {
            Map<String, Long> counts =
                dump.write(transaction, models, request.naturalKeys(), writer(file), references);
            files.put(name, entry(file, counts, taken));
          }
        };
    List<List<Model>> apps = new ArrayList<>(selection.models().values());
    apps.sort(
        comparing((List<Model> models) -> models.stream().mapToLong(rows::get).sum()).reversed());
    workers.work(apps, worker);
    dump.throwIfAnyIsUnwritable();
    for (List<Model> models : apps) {
      requireAll(models, files.get(fileName(models)).models(), rows);
    }
    return files;
  }

  private Map<Model, Long> countRows(SnapshotWorkers workers)
      throws RunFailedException, SQLException, IOException {
    Map<Model, Long> rows = new ConcurrentHashMap<>();
    workers.work(
        selection.all(),
        (model, snapshot) ->
            rows.put(
                model,
                snapshot.queryOne(
                    row -> row.getLong(1),
                    "SELECT count(*) FROM "
                        + model.sql()
                        + " t"
                        + selection.rows(model).condition(model))));
    return rows;
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
                + " objects were written, but the snapshot has "
                + rows.get(model)
                + " rows; the dump is discarded",
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
        !selection.hasAllRows(),
        new LinkedHashMap<>(counts));
  }

  private FixtureWriter writer(StagedFile file) {
    return new FixtureWriter(file, request.layout(), request.format(), request.compress());
  }

  private String fileName(List<Model> ofApp) {
    return ofApp.get(0).app() + request.format().extension() + request.compress().extension();
  }
}

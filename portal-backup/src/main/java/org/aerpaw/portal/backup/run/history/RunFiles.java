package org.aerpaw.portal.backup.run.history;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunReport;
import org.aerpaw.portal.backup.run.RunState;

/** The runs on read-only databases, as one JSON file for each beside the sets. */
final class RunFiles {

  static final Comparator<Run> NEWEST_FIRST =
      Comparator.<Run, Instant>comparing(Run::started).reversed();

  /** Older files are deleted. */
  private static final int MAX_FILES = 1000;

  private static final String EXTENSION = ".json";

  private final Path directory;
  private final Map<RunKind, Class<? extends RunReport>> reportTypes;

  RunFiles(Path directory, Map<RunKind, Class<? extends RunReport>> reportTypes) {
    this.directory = directory;
    this.reportTypes = reportTypes;
  }

  void add(Run run) throws IOException {
    Files.createDirectories(directory);
    List<Run> all = all();
    for (Run old : all.subList(Math.min(all.size(), MAX_FILES - 1), all.size())) {
      Files.deleteIfExists(file(old.id()));
    }
    save(run);
  }

  /** Whether there is a file of the run. */
  boolean contains(UUID id) {
    return Files.exists(file(id));
  }

  void save(Run run) throws IOException {
    Path fresh = directory.resolve(run.id() + ".new");
    Files.writeString(fresh, JsonBinding.toIndentedJson(run));
    Files.move(fresh, file(run.id()), ATOMIC_MOVE);
  }

  Optional<Run> find(UUID id) throws IOException {
    try {
      return Optional.of(read(file(id)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** All runs, newest first. */
  List<Run> all() throws IOException {
    List<Run> runs = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.filter(path -> path.toString().endsWith(EXTENSION)).toList()) {
          runs.add(read(file));
        }
      }
    }
    runs.sort(NEWEST_FIRST);
    return runs;
  }

  private Path file(UUID id) {
    return directory.resolve(id + EXTENSION);
  }

  private Run read(Path file) throws IOException {
    try {
      return run(JsonBinding.parseObject(Files.readAllBytes(file)));
    } catch (JsonException e) {
      throw new IOException(file.getFileName() + " is damaged", e);
    }
  }

  private Run run(JsonObject json) {
    RunKind kind = LowerCaseEnum.parse(RunKind.class, json.getString("kind"));
    JsonObject report = json.getJsonObject("report");
    return new Run(
        UUID.fromString(json.getString("id")),
        kind,
        LowerCaseEnum.parse(RunState.class, json.getString("state")),
        json.getString("requestedBy"),
        Instant.parse(json.getString("started")),
        json.containsKey("finished") ? Instant.parse(json.getString("finished")) : null,
        JsonBinding.fromJson(json.getJsonObject("progress").toString(), Progress.class),
        report == null ? null : JsonBinding.fromJson(report.toString(), reportTypes.get(kind)),
        List.of(
            JsonBinding.fromJson(json.getJsonArray("errors").toString(), FixtureError[].class)));
  }
}

package org.aerpaw.portal.backup.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;

/**
 * Makes small sets, without any database. Run as a program, it makes one in the folder that it is
 * told.
 */
public final class SampleSets {

  public static final Instant MOMENT = Instant.parse("2026-11-22T09:30:00.123Z");
  public static final String ID = "20261122T093000.123Z";

  private SampleSets() {}

  public static void main(String[] arguments) throws IOException {
    publish(new BackupCatalog(Path.of(arguments[0])), "users.json");
  }

  /** Publishes a set of empty files as the newest, and tells what had to be moved aside. */
  public static Set<String> publish(BackupCatalog sets, String... files) throws IOException {
    try (StagedSet set = sets.stage(MOMENT, Runnable::run)) {
      return set.publish(manifest(set, files), true);
    }
  }

  /** Publishes a set of empty files that does not become the newest. */
  public static void publish(
      BackupCatalog sets, boolean complete, boolean safetyBackup, String... files)
      throws IOException {
    try (StagedSet set = sets.stage(MOMENT, Runnable::run)) {
      set.publish(manifest(set, complete, safetyBackup, files), false);
    }
  }

  /** Writes empty files into a set, and says so. */
  static Manifest manifest(StagedSet set, String... files) throws IOException {
    return manifest(set, true, false, files);
  }

  private static Manifest manifest(
      StagedSet set, boolean complete, boolean safetyBackup, String... files) throws IOException {
    Map<String, Manifest.FileEntry> entries = new TreeMap<>();
    for (String name : files) {
      try (StagedFile file = set.create(name)) {
        file.write("[\n]\n".getBytes());
        entries.put(
            name,
            new Manifest.FileEntry(
                file.finish(),
                file.bytes(),
                MOMENT,
                2,
                TimestampPrecision.EXACT,
                false,
                false,
                false,
                new LinkedHashMap<>()));
      }
    }
    return new Manifest(
        Manifest.FORMAT,
        set.id(),
        complete,
        safetyBackup,
        false,
        null,
        Map.of(),
        "0/0",
        null,
        entries,
        List.of(),
        Map.of(),
        null);
  }
}

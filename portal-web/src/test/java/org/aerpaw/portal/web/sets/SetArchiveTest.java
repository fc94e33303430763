package org.aerpaw.portal.web.sets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.StagedFile;
import org.aerpaw.portal.backup.catalog.StagedSet;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.retention.RetentionReport;
import org.aerpaw.portal.backup.retention.RetentionRules;
import org.aerpaw.portal.backup.retention.RetentionService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetArchiveTest {

  private static final Instant MOMENT = Instant.parse("2026-11-22T09:30:00.123Z");

  @TempDir Path folder;
  private BackupCatalog sets;

  @BeforeEach
  void openFolder() {
    sets = new BackupCatalog(folder);
  }

  @Test
  void setShouldStayWhileItIsSentAndNoLonger() throws Exception {
    BackupSet old = publish();
    publish();
    var sent =
        new ByteArrayOutputStream() {
          @Override
          public void write(byte[] bytes, int offset, int length) {
            assertThat(applyRetention()).isEmpty();
            super.write(bytes, offset, length);
          }
        };

    new SetArchive(old, sets).write(sent);

    assertThat(names(sent.toByteArray()))
        .containsExactly(old.id() + "/manifest.json", old.id() + "/users.json");
    assertThat(applyRetention()).containsExactly(old.id());
  }

  private BackupSet publish() throws IOException {
    try (StagedSet set = sets.stage(MOMENT, Runnable::run);
        StagedFile file = set.create("users.json")) {
      file.write("[\n]\n".getBytes(UTF_8));
      var entry =
          new Manifest.FileEntry(
              file.finish(),
              file.bytes(),
              MOMENT,
              2,
              TimestampPrecision.EXACT,
              false,
              false,
              false,
              new LinkedHashMap<>());
      set.publish(
          new Manifest(
              Manifest.FORMAT,
              set.id(),
              true,
              false,
              false,
              null,
              Map.of(),
              "0/0",
              null,
              Map.of("users.json", entry),
              List.of(),
              Map.of(),
              null),
          true);
      return sets.find(set.id()).orElseThrow();
    }
  }

  private List<String> applyRetention() {
    return new RetentionService(
            sets, RetentionRules.keepLast(1, ZoneOffset.UTC), InstantSource.system())
        .apply().sets().stream()
            .filter(entry -> !entry.kept())
            .map(RetentionReport.Entry::set)
            .toList();
  }

  private static List<String> names(byte[] archive) throws IOException {
    List<String> names = new ArrayList<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}

package org.aerpaw.portal.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.file.FileFormat;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** JSON Lines and packed files: D08, D09. */
@ExtendWith(TestPortalExtension.class)
class DumpFormatsTest {

  private static final String NUMBERS = "operations_canonicalnumber";

  /** D08 */
  @Test
  void objectsShouldStandOnALineEach(TestPortal portal) throws Exception {
    portal
        .insert(NUMBERS, "id", 12, "canonical_number", 5)
        .insert(NUMBERS, "id", 3, "canonical_number", 7)
        .dump(FileFormat.JSONL, Compression.NONE, "operations");

    assertThat(portal.dumped("operations.jsonl").text())
        .isEqualTo(
            """
            {"model": "operations.canonicalnumber","pk": 3,"fields": {"created": "2022-01-01T00:00:00Z",\
            "modified": "2022-01-01T00:00:00Z","canonical_number": 7,"is_deleted": false,"is_retired": false}}
            {"model": "operations.canonicalnumber","pk": 12,"fields": {"created": "2022-01-01T00:00:00Z",\
            "modified": "2022-01-01T00:00:00Z","canonical_number": 5,"is_deleted": false,"is_retired": false}}
            """);
  }

  /** D08 */
  @Test
  void emptyAppShouldBeAnEmptyFile(TestPortal portal) throws Exception {
    portal.dump(FileFormat.JSONL, Compression.NONE, "operations");

    assertThat(portal.sets.all().get(0).folder().resolve("operations.jsonl")).isEmptyFile();
  }

  /** D09 */
  @ParameterizedTest
  @EnumSource
  void packedFilesShouldUnpackToThePlainOnesAndBeTheSameAtEveryRun(
      FileFormat format, TestPortal portal) throws Exception {
    portal.withDjangoSet();
    assertThat(portal.load().errors()).isEmpty();

    BackupSet plain = portal.set(portal.dump(format, Compression.NONE));
    BackupSet packed = portal.set(portal.dump(format, Compression.GZ));
    BackupSet again = portal.set(portal.dump(format, Compression.GZ));

    assertThat(packed.manifest().files()).hasSameSizeAs(plain.manifest().files());
    for (String name : plain.manifest().files().keySet()) {
      byte[] file = Files.readAllBytes(packed.folder().resolve(name + ".gz"));
      assertThat(again.folder().resolve(name + ".gz")).hasBinaryContent(file);
      assertThat(new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes())
          .isEqualTo(Files.readAllBytes(plain.folder().resolve(name)));
    }
  }

  /** D09 */
  @Test
  void manifestShouldDescribeTheCompressedFile(TestPortal portal) throws Exception {
    portal.insert(NUMBERS, "id", 3);

    BackupSet set = portal.set(portal.dump(FileFormat.JSON, Compression.GZ, "operations"));

    Manifest.FileEntry entry = set.manifest().files().get("operations.json.gz");
    byte[] file = Files.readAllBytes(set.folder().resolve("operations.json.gz"));
    var digest = Sha256.digest();
    digest.update(file);
    assertThat(entry.bytes()).isEqualTo(file.length);
    assertThat(entry.sha256()).isEqualTo(Sha256.hex(digest));
    assertThat(entry.objects()).isEqualTo(1);
  }

  @Test
  void setInAnotherFormatShouldLeaveNoLinksToTheOldOne(TestPortal portal) throws Exception {
    portal.dump();

    BackupSet packed = portal.set(portal.dump(FileFormat.JSON, Compression.GZ));
    assertThat(links(portal)).isEqualTo(expectedLinks(packed)).contains("users.json.gz");
    assertThat(portal.sets.folder().resolve("users.json.gz"))
        .hasSameBinaryContentAs(packed.folder().resolve("users.json.gz"));

    BackupSet lines = portal.set(portal.dump(FileFormat.JSONL, Compression.NONE));
    assertThat(links(portal)).isEqualTo(expectedLinks(lines)).contains("users.jsonl");
  }

  @Test
  void dumpOfSomeAppsShouldCarryTheOthersForwardInTheirFormat(TestPortal portal) throws Exception {
    portal.dump(FileFormat.JSONL, Compression.GZ);
    portal.dump("projects");

    BackupSet set = portal.set(portal.dump(FileFormat.JSON, Compression.GZ, "users"));

    assertThat(set.manifest().files())
        .hasSize(portal.registry.dumpedApps().size())
        .containsKeys("users.json.gz", "projects.json", "profiles.jsonl.gz")
        .doesNotContainKeys("users.jsonl.gz", "users.json", "projects.jsonl.gz");
    assertThat(links(portal)).isEqualTo(expectedLinks(set));
    assertThat(portal.load(LoadRequest.DUMPDATA).errors()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void dumpShouldBeLoadedAgainWithoutAChange(FileFormat format, TestPortal portal)
      throws Exception {
    portal.withDjangoSet();
    assertThat(portal.load().errors()).isEmpty();
    portal.dump(format, Compression.GZ);

    var run = portal.load(LoadRequest.DUMPDATA);

    assertThat(run.errors()).isEmpty();
    LoadReport report = run.report(LoadReport.class);
    assertThat(report.files()).isNotEmpty();
    assertThat(report.created()).isZero();
    assertThat(report.updated()).isZero();
  }

  private static List<String> expectedLinks(BackupSet set) {
    return Stream.concat(Stream.of("latest"), set.manifest().files().keySet().stream())
        .sorted()
        .toList();
  }

  private static List<String> links(TestPortal portal) throws IOException {
    try (Stream<Path> entries = Files.list(portal.sets.folder())) {
      return entries
          .filter(Files::isSymbolicLink)
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}

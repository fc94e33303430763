package org.aerpaw.portal.backup.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.StagedSet;
import org.aerpaw.portal.backup.masking.MaskingSettings;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.upload.UploadRefusedException.Reason;
import org.aerpaw.portal.backup.upload.UploadService.Uploaded;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that become a set, and hostile ones, of which nothing is left. */
@ExtendWith(TestPortalExtension.class)
class UploadServiceTest {

  private static final int SYMBOLIC_LINK = 0120777;
  private static final int DEVICE = 0060644;

  private final TestPortal portal;

  UploadServiceTest(TestPortal portal) throws Exception {
    this.portal = portal.insert("users_aerpawuser", "id", 1, "username", "ann");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%s/"})
  void archiveOfASetShouldBecomeTheSameSet(String directory) throws Exception {
    BackupSet set = portal.set(portal.dump());
    byte[] zip = archive(set, directory.formatted(set.id()));
    portal.sets.remove(set.id());

    assertThat(upload(zip)).isEqualTo(new Uploaded(set.id(), true));

    BackupSet uploaded = portal.sets.latest().orElseThrow();
    assertThat(uploaded).isEqualTo(set);
    assertThat(uploaded.verifyFiles()).isEmpty();
    assertThat(uploaded.pin().orElseThrow().reason()).isEqualTo("uploaded");
    assertThat(portal.load(set.id()).errors()).isEmpty();
    assertThat(upload(zip)).as("once more").isEqualTo(new Uploaded(set.id(), false));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void fileInThePlaceOfALinkShouldBeKeptAndNamedInTheLog() throws Exception {
    BackupSet set = portal.set(portal.dump());
    byte[] zip = archive(set, "");
    portal.sets.remove(set.id());
    Path own = portal.sets.folder().resolve("users.json");
    Files.deleteIfExists(own);
    Files.writeString(own, "mine");
    List<String> log = new ArrayList<>();
    Logger logger = Logger.getLogger(UploadService.class.getName());
    logger.setLevel(Level.WARNING);
    logger.setFilter(line -> !log.add((String) line.getParameters()[0]));

    upload(zip);

    logger.setFilter(null);
    logger.setLevel(null);
    String kept = "users.json.before-" + set.id();
    assertThat(portal.sets.folder().resolve(kept)).hasContent("mine");
    assertThat(log).containsExactly(StagedSet.renamedFile(kept));
  }

  @Test
  void maskedSetShouldNotBecomeTheNewest(@TempDir Path folder) throws Exception {
    var masking = new MaskingSettings(Path.of("../masks"), folder.resolve("key"), false);
    BackupSet set = portal.set(portal.withMasking(masking).dump(dumpOf().mask("staging").build()));
    byte[] zip = archive(set, "");
    portal.sets.remove(set.id());

    upload(zip);

    assertThat(portal.sets.find(set.id())).contains(set);
    assertThat(portal.sets.latestId()).isEmpty();
  }

  @Test
  void stateOfTheOtherServerShouldNotBeTakenOver() throws Exception {
    BackupSet set = portal.set(portal.dump());
    portal.verify(set);
    var zip = new Zip().add(set);
    zip.add("verified.json", Files.readAllBytes(set.folder().resolve("verified.json")));
    zip.add("pinned.json", "{\"reason\": \"x\"}");
    portal.sets.remove(set.id());

    upload(zip.bytes());

    assertThat(set.verification()).isEmpty();
    assertThat(set.pin().orElseThrow().reason()).isEqualTo("uploaded");
  }

  @Test
  void archiveThatIsTooLargeShouldBeRefusedWithTheSpaceForUploads(@TempDir Path folder)
      throws Exception {
    Path zip = folder.resolve("upload.zip");
    Files.write(zip, new Zip().add("users.json", "[ ]").bytes());

    assertThatThrownBy(() -> UploadedArchive.open(zip, 2))
        .asInstanceOf(type(UploadRefusedException.class))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE))
        .extracting(UploadRefusedException::getMessage)
        .isEqualTo(
            "users.json unpacks to 3 bytes: an upload may use at most 2 bytes: the free space,"
                + " minus what the next dump needs (the size of the newest complete set)");
  }

  @Test
  void otherSetOfTheSameNameShouldStay() throws Exception {
    BackupSet set = portal.set(portal.dump());
    String manifest = Files.readString(set.folder().resolve(Manifest.FILE));
    byte[] other = new Zip().add(Manifest.FILE, manifest + "\n").bytes();

    assertRefused(other, Reason.CONFLICT, "a different set named " + set.id() + " already exists");

    Files.delete(set.folder().resolve("users.json"));
    assertRefused(
        archive(set, "", "users.json"), Reason.CONFLICT, "is on this server, but damaged");
    Files.delete(set.folder().resolve(Manifest.FILE));
    assertRefused(
        new Zip().add(Manifest.FILE, manifest).bytes(),
        Reason.CONFLICT,
        "is on this server, but damaged");
  }

  @Test
  void filesThatDifferFromTheManifestShouldBeRefused() throws Exception {
    BackupSet set = portal.set(portal.dump());
    byte[] missing = archive(set, "", "users.json");
    byte[] unknown = new Zip().add(set).add("more.json", "[]").bytes();
    byte[] changed = new Zip().add(set, "users.json").add("users.json", "[\n]\n").bytes();
    String manifest = Files.readString(set.folder().resolve(Manifest.FILE));
    portal.sets.remove(set.id());

    assertRefused(missing, "users.json is in the manifest, but not in the archive");
    assertRefused(unknown, "more.json is not in the manifest");
    assertRefused(changed, "users.json differs from the manifest");
    for (String id : List.of("latest", "../x", "20269999T093000.123Z")) {
      assertRefused(
          new Zip().add(Manifest.FILE, manifest.replace(set.id(), id)).bytes(),
          "the id in the manifest is not a valid set id");
    }
    assertRefused(new Zip().add(Manifest.FILE, "{}").bytes(), "the manifest is damaged");
    assertRefused(
        new Zip().add(Manifest.FILE, manifest.replace("users.json", "../users.json")).bytes(),
        "not a plain file name");
  }

  @Test
  void filesWithoutAManifestShouldBecomeAForeignSet() throws Exception {
    var zip = new Zip();
    for (Path file : TestPortal.djangoSet()) {
      zip.add("backup/" + file.getFileName(), Files.readAllBytes(file));
    }

    String id = upload(zip.bytes()).set();

    BackupSet set = portal.sets.find(id).orElseThrow();
    assertThat(set.manifest().foreign()).isTrue();
    assertThat(set.manifest().complete()).isFalse();
    assertThat(set.verifyFiles()).isEmpty();
    assertThat(portal.sets.latest()).isEmpty();
    assertThat(portal.load(id).errors()).isEmpty();
    assertThatThrownBy(() -> portal.verify(set))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("cannot be verified");
  }

  @Test
  void archiveWithOtherFilesThanFixturesShouldBeRefused() throws Exception {
    assertRefused(
        new Zip().add("users.json", "[]").add("readme.txt", "x").bytes(),
        "readme.txt is not the name of a fixture file, and there is no manifest");
    assertRefused(new Zip().bytes(), "the archive contains no files");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../users.json",
        "a/../users.json",
        "a/../../users.json",
        "/users.json",
        "//users.json",
        "a//users.json",
        "a/b/users.json",
        "..\\users.json",
        ".users.json",
        "./users.json",
        ".hidden/users.json",
        "users\n.json",
        "users\0.json",
        ""
      })
  void pathOutOfOneDirectoryShouldBeRefused(String path) throws Exception {
    assertRefused(new Zip().add(path, "[]").bytes(), "the archive contains the path '");
  }

  @Test
  void hostileEntriesShouldBeRefused() throws Exception {
    assertRefused(new Zip().add("a".repeat(300) + ".json", "[]").bytes(), "contains the path '");
    assertRefused(
        new Zip().add("a/users.json", "[]").add("b/roles.json", "[]").bytes(),
        "not all in the same directory");
    assertRefused(
        new Zip().add("users.json", "[]").add("users.json", "[]").bytes(),
        "contains 'users.json' more than once");
    assertRefused(
        new Zip().add("users.json", "[]").add("USERS.json", "[]").bytes(),
        "contains 'USERS.json' more than once (case is ignored)");
    assertRefused(
        new Zip().add("users.json", "/etc/passwd", SYMBOLIC_LINK).bytes(),
        "'users.json' is not a regular file");
    assertRefused(
        new Zip().add("users.json", "", DEVICE).bytes(), "'users.json' is not a regular file");
  }

  @Test
  void bombShouldBeRefusedBeforeItIsUnpacked() throws Exception {
    byte[] bomb = new Zip().add("users.json", new byte[100_000_000]).bytes();

    assertThat(bomb).hasSizeLessThan(200_000);
    assertRefused(bomb, "the archive unpacks to more than 200 times its size");
  }

  /** The size in the directory of the archive is that of a harmless file. */
  @Test
  void bombThatStatesAnotherSizeShouldBeRefused() throws Exception {
    byte[] zip = new Zip().add("users.json", new byte[1_000_000]).bytes();
    byte[] size = {0x40, 0x42, 0x0f, 0};
    byte[] stated = {0, 1, 0, 0};
    assertThat(replace(zip, size, stated)).isPositive();

    assertRefused(zip, "users.json is damaged in the archive");
  }

  @Test
  void hundredThousandEntriesShouldBeRefused() throws Exception {
    var many = new Zip();
    for (int i = 0; i < 100_000; i++) {
      many.add(i + ".json", "");
    }
    assertRefused(
        many.bytes(), "the central directory of the archive is larger than 1048576 bytes");

    var few = new Zip();
    for (int i = 0; i <= UploadedArchive.MAX_FILES; i++) {
      few.add(i + ".json", "");
    }
    assertRefused(few.bytes(), "the archive contains more than 1000 files");
  }

  @Test
  void damagedArchiveShouldBeRefused() throws Exception {
    byte[] zip = new Zip().add("users.json", "[{\"model\": \"users.aerpawuser\"}]").bytes();
    byte[] flipped = zip.clone();
    flipped[45]++;

    assertRefused(
        new byte[0], "the upload is not a readable zip archive: its end record is missing");
    assertRefused(
        "hello".getBytes(UTF_8),
        "the upload is not a readable zip archive: its end record is missing");
    assertRefused(
        Arrays.copyOf(zip, zip.length - 30),
        "the upload is not a readable zip archive: its end record is missing");
    assertRefused(Arrays.copyOfRange(zip, 10, zip.length), "the archive contains no files");
    assertRefused(flipped, "users.json is damaged in the archive");
  }

  @Test
  void uploadThatBreaksOffShouldLeaveNothing() throws Exception {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };

    assertThatThrownBy(() -> portal.engine.uploads().upload(broken, "ada"))
        .hasMessage("connection reset");

    assertThat(leftovers()).isEmpty();
  }

  /** What a killed server left is deleted by the next upload. */
  @Test
  void quarantineOfAnInterruptedUploadShouldBeDeleted() throws Exception {
    portal.sets.quarantine();
    assertThat(leftovers()).hasSize(1);

    assertRefused(
        new byte[0], "the upload is not a readable zip archive: its end record is missing");
  }

  private void assertRefused(byte[] zip, String reason) throws Exception {
    assertRefused(zip, Reason.INVALID, reason);
  }

  private void assertRefused(byte[] zip, Reason cause, String reason) throws Exception {
    List<String> before = sets();
    assertThatThrownBy(() -> upload(zip))
        .hasMessageContaining(reason)
        .asInstanceOf(type(UploadRefusedException.class))
        .extracting(UploadRefusedException::reason)
        .isEqualTo(cause);
    assertThat(sets()).isEqualTo(before);
    assertThat(leftovers()).isEmpty();
  }

  private List<String> sets() throws IOException {
    return portal.sets.all().stream().map(BackupSet::id).toList();
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(portal.sets.folder())) {
      return files.filter(file -> file.getFileName().toString().startsWith(".")).toList();
    }
  }

  private Uploaded upload(byte[] zip) throws Exception {
    return portal.engine.uploads().upload(new ByteArrayInputStream(zip), "ada");
  }

  private static byte[] archive(BackupSet set, String directory, String... without)
      throws IOException {
    return new Zip(directory).add(set, without).bytes();
  }

  /** Replaces all occurrences of some bytes and returns their number. */
  private static int replace(byte[] in, byte[] old, byte[] fresh) {
    int found = 0;
    for (int at = 0; at <= in.length - old.length; at++) {
      if (Arrays.equals(in, at, at + old.length, old, 0, old.length)) {
        System.arraycopy(fresh, 0, in, at, fresh.length);
        found++;
      }
    }
    return found;
  }

  /** Builds an archive, however hostile. */
  private static final class Zip {

    private final String directory;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes);

    Zip() {
      this("");
    }

    Zip(String directory) {
      this.directory = directory;
    }

    Zip add(BackupSet set, String... without) throws IOException {
      List<String> names = new ArrayList<>(set.manifest().files().keySet());
      names.add(Manifest.FILE);
      names.removeAll(List.of(without));
      for (String name : names) {
        if (Files.exists(set.folder().resolve(name))) {
          add(name, Files.readAllBytes(set.folder().resolve(name)));
        }
      }
      return this;
    }

    Zip add(String name, String content) throws IOException {
      return add(name, content.getBytes(UTF_8));
    }

    Zip add(String name, byte[] content) throws IOException {
      return add(name, content, 0);
    }

    Zip add(String name, String content, int mode) throws IOException {
      return add(name, content.getBytes(UTF_8), mode);
    }

    private Zip add(String name, byte[] content, int mode) throws IOException {
      var entry = new ZipArchiveEntry(directory + name);
      if (mode != 0) {
        entry.setUnixMode(mode);
      }
      zip.putArchiveEntry(entry);
      zip.write(content);
      zip.closeArchiveEntry();
      return this;
    }

    byte[] bytes() throws IOException {
      zip.finish();
      return bytes.toByteArray();
    }
  }
}

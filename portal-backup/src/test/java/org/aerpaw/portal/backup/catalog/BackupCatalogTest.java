package org.aerpaw.portal.backup.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The folder of dumps: what is a set, what is shown as the newest, and what a name may mean. */
class BackupCatalogTest {

  private static final String LONG = "a".repeat(300);

  @TempDir Path folder;
  private BackupCatalog sets;

  @BeforeEach
  void openFolder() {
    sets = new BackupCatalog(folder);
  }

  static List<String> hostileNames() {
    return List.of(
        "",
        ".",
        "..",
        "../x",
        "a/b",
        "/etc/passwd",
        "%2e%2e",
        "..\\x",
        SampleSets.ID + "/",
        SampleSets.ID + "/users.json",
        SampleSets.ID + "\n",
        SampleSets.ID + "\0",
        "../" + SampleSets.ID,
        "latest",
        "users.json\0",
        "./users.json",
        "../" + SampleSets.ID + "/users.json",
        LONG);
  }

  /** D47 */
  @ParameterizedTest
  @MethodSource("hostileNames")
  void hostileNameShouldBeNoSetAndNoFile(String name) throws Exception {
    SampleSets.publish(sets, "users.json");

    assertThat(sets.find(name)).isEmpty();
    assertThat(sets.latest().orElseThrow().file(name)).isEmpty();
  }

  /** D47 */
  @Test
  void nameOfASetShouldBeFoundOnlyWhereItIsAFolderOfItsOwn() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    SampleSets.publish(new BackupCatalog(elsewhere), "users.json");
    Files.createSymbolicLink(folder.resolve(SampleSets.ID), elsewhere.resolve(SampleSets.ID));

    assertThat(sets.find(SampleSets.ID)).isEmpty();
  }

  /** D47 */
  @Test
  void filesOfASetShouldBeThoseOfItsManifestAndTheManifest() throws Exception {
    SampleSets.publish(sets, "users.json");
    BackupSet set = sets.find(SampleSets.ID).orElseThrow();
    Files.writeString(set.folder().resolve("more.json"), "[]");

    assertThat(set.file("users.json")).contains(folder.resolve(SampleSets.ID + "/users.json"));
    assertThat(set.file("manifest.json"))
        .contains(folder.resolve(SampleSets.ID + "/manifest.json"));
    assertThat(set.file("more.json")).isEmpty();
  }

  /** D47: a set may have come from elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"../users.json", "/etc/passwd", "a/b", "..", ".", ""})
  void manifestThatNamesFilesElsewhereShouldNotBeRead(String name) throws Exception {
    SampleSets.publish(sets, "users.json");
    Path manifest = folder.resolve(SampleSets.ID + "/manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"users.json\"", '"' + name + '"'));

    assertThatThrownBy(() -> sets.find(SampleSets.ID))
        .isInstanceOf(IOException.class)
        .hasMessage("the manifest is damaged: files: not a plain file name: " + name);
  }

  @Test
  void laterSetShouldBeTheNewerOneEvenIfTheClockOfTheDatabaseWentBack() throws Exception {
    SampleSets.publish(sets, "users.json");
    Files.createDirectory(folder.resolve("99999999T999999.999Z"));

    for (Duration step : List.of(Duration.ofHours(-1), Duration.ZERO, Duration.ofHours(1))) {
      String newest = sets.all().get(0).id();
      try (StagedSet set = sets.stage(SampleSets.MOMENT.plus(step), Runnable::run)) {
        set.publish(SampleSets.manifest(set, "users.json"), true);
        assertThat(set.id()).isGreaterThan(newest);
        assertThat(sets.all().get(0).id()).isEqualTo(set.id());
      }
    }

    assertThat(sets.all())
        .extracting(BackupSet::id)
        .containsExactly(
            "20261122T103000.123Z",
            "20261122T093000.125Z",
            "20261122T093000.124Z",
            "20261122T093000.123Z");
  }

  /** D48 */
  @ParameterizedTest
  @ValueSource(strings = {"000", "022", "077"})
  void setShouldBeItsOwnersAloneWhateverTheUmask(String umask) throws Exception {
    Path dumpdata = folder.resolve("dumpdata");
    assertThat(publishElsewhere("umask " + umask, dumpdata)).isZero();

    assertThat(permissionsBelow(dumpdata))
        .isEqualTo(
            """
            . rwx------
            20261122T093000.123Z rwx------
            20261122T093000.123Z/manifest.json rw-------
            20261122T093000.123Z/users.json rw-------
            """);
  }

  /** D43: a limit on the size of files stands for a disk that is full. */
  @Test
  void setThatDoesNotFitOnTheDiskShouldLeaveNothing() throws Exception {
    Path dumpdata = folder.resolve("dumpdata");
    SampleSets.publish(new BackupCatalog(dumpdata), "users.json");
    String before = permissionsBelow(dumpdata);

    assertThat(publishElsewhere("ulimit -f 0", dumpdata)).isNotZero();

    assertThat(permissionsBelow(dumpdata)).isEqualTo(before);
    assertThat(new BackupCatalog(dumpdata).latest()).isPresent();
  }

  @Test
  void documentedLinksShouldPointToTheNewestSet() throws Exception {
    SampleSets.publish(sets, "projects.json", "users.json");
    SampleSets.publish(sets, "projects.json", "users.json");

    assertThat(links())
        .isEqualTo(
            """
            latest -> 20261122T093000.124Z
            projects.json -> latest/projects.json
            users.json -> latest/users.json
            """);
    assertThat(sets.all())
        .extracting(BackupSet::id)
        .containsExactly("20261122T093000.124Z", "20261122T093000.123Z");
  }

  @Test
  void linksToFilesThatTheNewestSetLacksShouldBeDeleted() throws Exception {
    SampleSets.publish(sets, "projects.json", "users.json");

    SampleSets.publish(sets, "users.json");

    assertThat(links())
        .isEqualTo("latest -> 20261122T093000.124Z\nusers.json -> latest/users.json\n");
  }

  @Test
  void linksShouldBeThoseOfTheNewestSetWhateverItsFormat() throws Exception {
    SampleSets.publish(sets, "projects.json", "users.json");
    Path mine = Files.createSymbolicLink(folder.resolve("mine.json"), Path.of("latest/users.json"));

    SampleSets.publish(sets, "projects.jsonl", "users.json.gz");
    assertThat(links())
        .isEqualTo(
            """
            latest -> 20261122T093000.124Z
            mine.json -> latest/users.json
            projects.jsonl -> latest/projects.jsonl
            users.json.gz -> latest/users.json.gz
            """);

    SampleSets.publish(sets, "projects.json", "users.json");
    assertThat(mine).hasSameBinaryContentAs(folder.resolve("users.json"));
    assertThat(folder.resolve("users.json.gz")).doesNotExist();
  }

  @Test
  void usersOwnFileShouldBeKeptUnderAnotherName() throws Exception {
    Files.writeString(folder.resolve("users.json"), "mine");

    assertThat(SampleSets.publish(sets, "users.json"))
        .containsExactly("users.json.before-20261122T093000.123Z");

    assertThat(folder.resolve("users.json.before-20261122T093000.123Z")).hasContent("mine");
    assertThat(folder.resolve("users.json")).hasContent("[\n]\n");
  }

  @Test
  void usersOwnLinkShouldBeKeptUnderAnotherName() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "mine");
    Files.createSymbolicLink(folder.resolve("users.json"), target);

    assertThat(SampleSets.publish(sets, "users.json"))
        .containsExactly("users.json.before-20261122T093000.123Z");

    assertThat(folder.resolve("users.json.before-20261122T093000.123Z")).hasContent("mine");
  }

  @Test
  void whatIsCalledLatestButIsNoLinkShouldBeKeptUnderAnotherName() throws Exception {
    Files.createDirectory(folder.resolve("latest"));

    assertThat(SampleSets.publish(sets, "users.json"))
        .containsExactly("latest.before-20261122T093000.123Z");

    assertThat(sets.latest()).isPresent();
  }

  @Test
  void setThatCannotBeShownShouldNotBePublished() throws Exception {
    SampleSets.publish(sets, "users.json");
    String kept = "users.json.before-20261122T093000.124Z";
    Files.delete(folder.resolve("users.json"));
    Files.createDirectory(folder.resolve("users.json"));
    Files.createDirectories(folder.resolve(kept).resolve("full"));

    assertThatThrownBy(() -> SampleSets.publish(sets, "users.json"))
        .isInstanceOf(IOException.class);

    assertThat(sets.all()).extracting(BackupSet::id).containsExactly(SampleSets.ID);
    assertThat(links()).isEqualTo("latest -> " + SampleSets.ID + "\n");
    assertThat(sets.latest()).isPresent();
    try (var entries = Files.list(folder)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder(SampleSets.ID, "latest", "users.json", kept);
    }
  }

  @Test
  void setThatIsNotPublishedShouldLeaveNothing() throws Exception {
    try (StagedSet set = sets.stage(SampleSets.MOMENT, Runnable::run)) {
      SampleSets.manifest(set, "users.json");
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void folderWithoutAManifestShouldBeNoSet() throws Exception {
    Files.createDirectory(folder.resolve(SampleSets.ID));

    assertThat(sets.all()).isEmpty();
    assertThat(sets.find(SampleSets.ID)).isEmpty();
    assertThat(sets.unreadable()).isEqualTo(Map.of(SampleSets.ID, "manifest.json is missing"));
  }

  @Test
  void filesThatAreMissingOrHaveAnotherSizeAreDamages() throws Exception {
    SampleSets.publish(sets, "users.json", "projects.json", "auth.json");
    BackupSet set = sets.latest().orElseThrow();
    assertThat(set.damagedFiles()).isEmpty();

    Files.delete(set.folder().resolve("users.json"));
    Files.writeString(set.folder().resolve("projects.json"), "[]");

    assertThat(set.damagedFiles())
        .isEqualTo(
            Map.of(
                "users.json", "it is missing",
                "projects.json", "it has 2 bytes, but the manifest says 4"));
  }

  @ParameterizedTest
  @MethodSource
  void setWithADamagedManifestShouldNotHideTheOthers(String manifest, String message)
      throws Exception {
    SampleSets.publish(sets, "users.json");
    Path broken = Files.createDirectory(folder.resolve("20261122T093000.999Z"));
    Files.writeString(broken.resolve("manifest.json"), manifest);

    assertThat(sets.all()).extracting(BackupSet::id).containsExactly(SampleSets.ID);
    assertThatThrownBy(() -> sets.find("20261122T093000.999Z"))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
    assertThat(sets.unreadable()).isEqualTo(Map.of("20261122T093000.999Z", message));
  }

  static Stream<Arguments> setWithADamagedManifestShouldNotHideTheOthers() {
    String start =
        "{\"format\": 1, \"id\": \"x\", \"complete\": true, \"versions\": {}, \"wal\": \"\", \"files\": ";
    return Stream.of(
        arguments("", "the manifest is not JSON, or names a member twice"),
        arguments("[]", "the manifest is not a JSON object"),
        arguments("null", "the manifest is not a JSON object"),
        arguments("{\"format\": 1} x", "the manifest is not JSON, or names a member twice"),
        arguments(
            "{\"format\": 1, \"format\": 1}", "the manifest is not JSON, or names a member twice"),
        arguments("{}", "the manifest is damaged: the member \"format\" is missing"),
        arguments("{\"format\": 1}", "the manifest is damaged: the member \"id\" is missing"),
        arguments("{\"format\": \"1\"}", "the manifest is damaged: format must be a whole number"),
        arguments(
            "{\"format\": 1.5, \"id\": 1}",
            "the manifest is damaged: format must be a whole number"),
        arguments(
            start + "{}}", "the manifest is damaged: the member \"externalReferences\" is missing"),
        arguments(
            start + "{\"a.json\": {\"sha256\": \"\", \"bytes\": 1.5, \"timestamps\": 1}}}",
            "the manifest is damaged: files.a.json.bytes must be a whole number;"
                + " files.a.json.timestamps must be exact or milliseconds"),
        arguments(
            start + "{\"a.json\": {\"models\": {\"a\": 1e30}}}}",
            "the manifest is damaged: files.a.json.models.a must be a whole number"),
        arguments(
            start + "{\"a.json\": {\"sha256\": \"\"}}}",
            "the manifest is damaged: the member \"snapshot\" is missing"));
  }

  @Test
  void manifestOfAnotherFormatShouldBeRefused() throws Exception {
    SampleSets.publish(sets, "users.json");
    Path manifest = folder.resolve(SampleSets.ID + "/manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"format\": 1", "\"format\": 2"));

    assertThatThrownBy(() -> sets.find(SampleSets.ID))
        .isInstanceOf(IOException.class)
        .hasMessage("the manifest has format 2; this version of the portal reads 1");
  }

  @Test
  void outcomeThatIsKeptShouldReplaceTheOneBeforeAndBeItsOwnersAlone() throws Exception {
    SampleSets.publish(sets, "users.json");
    BackupSet set = sets.find(SampleSets.ID).orElseThrow();
    Path file = set.folder().resolve("verified.json");
    assertThat(set.verified()).isEmpty();

    set.saveVerification(
        new VerificationResult(SampleSets.MOMENT, "1", VerificationResult.Result.FAILED));
    assertThat(set.verified()).isEmpty();
    set.saveVerification(
        new VerificationResult(SampleSets.MOMENT, "1", VerificationResult.Result.PASSED));

    assertThat(set.verified()).contains(SampleSets.MOMENT);
    assertThat(set.verifyFiles()).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var entries = Files.list(folder)) {
      assertThat(entries.filter(entry -> entry.getFileName().toString().startsWith("."))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"verifiedAt\": \"now\", \"portal\": \"1\", \"result\": \"passed\"}",
        "{\"verifiedAt\": \"2026-11-22T09:30:00Z\", \"portal\": \"1\", \"result\": \"done\"}"
      })
  void outcomeThatCannotBeReadShouldProveNothing(String outcome) throws Exception {
    SampleSets.publish(sets, "users.json");
    BackupSet set = sets.find(SampleSets.ID).orElseThrow();
    Files.writeString(set.folder().resolve("verified.json"), outcome);

    assertThat(set.verified()).isEmpty();
  }

  @Test
  void missingDirectoryShouldHaveNoSets() throws Exception {
    var none = new BackupCatalog(folder.resolve("none"));

    assertThat(none.all()).isEmpty();
    assertThat(none.latest()).isEmpty();
    assertThat(none.find(SampleSets.ID)).isEmpty();
  }

  /**
   * Publishes a set in another process, which alone can have other limits than this one.
   *
   * @param limit a shell command that sets one
   * @return the exit status
   */
  private static int publishElsewhere(String limit, Path dumpdata) throws Exception {
    return new ProcessBuilder(
            "sh",
            "-c",
            limit + " && exec \"$@\"",
            "sh",
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            SampleSets.class.getName(),
            dumpdata.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private String links() throws IOException {
    var links = new TreeMap<String, String>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : (Iterable<Path>) entries.filter(Files::isSymbolicLink)::iterator) {
        links.put(entry.getFileName().toString(), Files.readSymbolicLink(entry).toString());
      }
    }
    var text = new StringBuilder();
    links.forEach((name, target) -> text.append(name + " -> " + target + "\n"));
    return text.toString();
  }

  /** Without links, whose permissions mean nothing. */
  private static String permissionsBelow(Path top) throws IOException {
    var text = new StringBuilder();
    try (Stream<Path> below = Files.walk(top)) {
      for (Path path : (Iterable<Path>) below.sorted()::iterator) {
        if (!Files.isSymbolicLink(path)) {
          String name = path.equals(top) ? "." : top.relativize(path).toString();
          text.append(
              name
                  + " "
                  + PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                  + "\n");
        }
      }
    }
    return text.toString();
  }
}

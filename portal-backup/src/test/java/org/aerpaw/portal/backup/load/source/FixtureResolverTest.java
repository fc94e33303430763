package org.aerpaw.portal.backup.load.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.profile;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.aerpaw.portal.backup.LoadRequestBuilder.loadFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.aerpaw.portal.backup.Fixture;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.fixture.compress.Compressed;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** L39, L43: which files a load takes, and what it holds them against. */
class FixtureResolverTest {

  @TempDir Path folder;
  private TestPortal portal;

  @BeforeEach
  void migrate() throws Exception {
    portal = TestPortal.migrated(folder);
  }

  @AfterEach
  void drop() {
    portal.close();
  }

  @Test
  void namedFixturesShouldBeLoadedAndNoOther() throws Exception {
    portal
        .withFixture("a.json", group(1, "a"))
        .withFixture("b.json", group(2, "b"))
        .withFixture("c.json", group(3, "c"));

    assertThat(portal.load(LoadRequest.FIXTURES, "a", "c.json", "a.json").errors()).isEmpty();

    assertThat(portal.select("SELECT name FROM auth_group ORDER BY 1")).containsExactly("a", "c");
  }

  @ParameterizedTest
  @EnumSource
  void packedFixtureMayBeNamedWithoutItsExtensions(Compression compression) throws Exception {
    String name = "a.json" + compression.extension();
    for (String named : new String[] {"a", "a.json", name}) {
      portal.database.execute("DELETE FROM auth_group");
      portal.withPacked(name, compression, Fixture.fixture(group(1, "a")));

      var run = portal.load(LoadRequest.FIXTURES, named);

      assertThat(run.errors()).isEmpty();
      assertThat(run.report(LoadReport.class).files().get(0).name()).isEqualTo(name);
      assertThat(portal.select("SELECT name FROM auth_group")).containsExactly("a");
    }
  }

  @Test
  void jsonLinesShouldBeLoadedWithAllOtherFilesOfADirectory() throws Exception {
    portal
        .withFixture("a.json", group(1, "a"))
        .withFixture("b.jsonl", group(2, "b") + "\n" + group(3, "c") + "\n")
        .withFixture("c.jsonl", "");

    assertThat(portal.load().errors()).isEmpty();

    assertThat(portal.select("SELECT name FROM auth_group ORDER BY 1"))
        .containsExactly("a", "b", "c");
  }

  @Test
  void ambiguousFixtureNamesShouldBeListedInFull() throws Exception {
    portal
        .withFixture("a.json", group(1, "plain"))
        .withPacked("a.json.gz", Compression.GZ, Fixture.fixture(group(1, "packed")))
        .withPacked("b.json.gz", Compression.GZ, Fixture.fixture(group(2, "gz")))
        .withPacked("b.json.xz", Compression.XZ, Fixture.fixture(group(2, "xz")))
        .withFixture("c.json", group(3, "c"));

    assertInvalid(
        portal::load,
        "fixtures: a in fixtures matches more than one file; name one of them: a.json, a.json.gz;"
            + " fixtures: b in fixtures matches more than one file; name one of them:"
            + " b.json.gz, b.json.xz");
    assertInvalid(
        () -> portal.load(LoadRequest.FIXTURES, "a", "c", "b.json"),
        "fixtures: a in fixtures matches more than one file; name one of them: a.json, a.json.gz;"
            + " fixtures: b.json in fixtures matches more than one file; name one of them:"
            + " b.json.gz, b.json.xz");
    assertThat(portal.load(LoadRequest.FIXTURES, "a.json", "b.json.xz").errors()).isEmpty();
    assertThat(portal.select("SELECT name FROM auth_group ORDER BY 1"))
        .containsExactly("plain", "xz");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void packedFixtureThatIsCutShortShouldBeRefusedWithItsPlace(Compression compression)
      throws Exception {
    String name = "a.json" + compression.extension();
    byte[] whole = Compressed.pack(compression, Fixture.fixture(group(1, "a")).getBytes(UTF_8));
    Files.write(portal.fixtures.resolve(name), Arrays.copyOf(whole, whole.length - 3));

    assertThat(portal.refusedFrom(LoadRequest.FIXTURES))
        .singleElement(STRING)
        .matches(
            "\\Q%s\\E:[14]:1: not a \\Q%s\\E file, or a damaged or truncated one"
                .formatted(name, compression.extension()));
  }

  @Test
  void databaseErrorShouldHaveItsPlaceInACompressedFixture() throws Exception {
    portal.withPacked(
        "a.json.bz2", Compression.BZ2, Fixture.fixture(profile(1), user(1).with("profile", 99)));

    assertThat(portal.refusedFrom(LoadRequest.FIXTURES))
        .singleElement(STRING)
        .startsWith("a.json.bz2:3:")
        .contains("users.aerpawuser(pk=1): profile: ");
  }

  @Test
  void everyUnknownFixtureShouldBeNamed() throws Exception {
    portal.withFixture("a.json", group(1, "a"));

    assertThatThrownBy(() -> portal.load(LoadRequest.FIXTURES, "a", "../a", "manifest.json", "b"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "fixtures: no fixture ../a in fixtures; fixtures: no fixture manifest.json in fixtures;"
                + " fixtures: no fixture b in fixtures");
    assertThat(portal.runs.newest(10)).isEmpty();
  }

  @Test
  void aLoadOfADirectoryWithoutFixturesIsRefused() throws Exception {
    portal
        .withFixture("README", "no fixture")
        .withFixture(".hidden.json", "no fixture")
        .withFixture("users.json.before-20261122T093000.123Z", "no fixture");

    assertInvalid(
        portal::load,
        "from: the directory of the portal's own fixtures (PORTAL_FIXTURES_DIR) contains no fixture files");
  }

  @Test
  void folderThatIsMissingShouldBeNamed() throws Exception {
    Files.delete(portal.fixtures);

    assertInvalid(
        portal::load,
        "from: the directory of the portal's own fixtures (PORTAL_FIXTURES_DIR) does not exist");
    assertInvalid(
        () -> portal.load(LoadRequest.DUMPDATA),
        "from: the dump directory (PORTAL_DUMPDATA_DIR) does not exist");
  }

  @Test
  void fixtureThatIsNoFileShouldBeNamed() throws Exception {
    Files.createSymbolicLink(portal.fixtures.resolve("a.json"), Path.of("nowhere"));

    assertInvalid(portal::load, "fixtures: a.json in fixtures is not a regular file");
  }

  @Test
  void anUnknownSetIsRefusedAndTheSetsAreListed() throws Exception {
    String[] unknown = {"", "..", "/", "../dumpdata", "20261122T093000.123Z", "users.zip"};
    for (String from : unknown) {
      assertInvalid(
          () -> portal.load(from),
          "from: must be fixtures, dumpdata, latest or the name of a set; there are no readable"
              + " sets");
    }
    String id = dump().getFileName().toString();
    for (String from : unknown) {
      assertInvalid(
          () -> portal.load(from),
          "from: must be fixtures, dumpdata, latest or the name of a set; the sets are: " + id);
    }
    assertInvalid(
        () -> portal.load("../dumpdata/" + id),
        "from: must be fixtures, dumpdata, latest or the name of a set; the sets are: " + id);
  }

  @Test
  void latestAndASlashAfterTheNameOfASetAreAccepted() throws Exception {
    assertInvalid(
        () -> portal.load("latest"), "from: there is no complete set; there are no readable sets");
    String id = dump().getFileName().toString();
    portal.dump("operations.canonicalnumber");

    for (String from : new String[] {"latest", "latest/", id + "/", "dumpdata/"}) {
      assertThat(portal.load(from).report(LoadReport.class).unchanged()).as(from).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = LoadMode.class,
      names = {"MERGE", "REPLACE"})
  void aMissingNewestSetIsReportedWithTheOlderSets(LoadMode mode) throws Exception {
    String older = dump().getFileName().toString();
    String newest = dump().getFileName().toString();
    portal.sets.remove(newest);

    for (String from : new String[] {"dumpdata", "latest"}) {
      assertInvalid(
          () -> portal.load(LoadRequest.of(from, List.of(), mode)),
          "from: the newest complete set, " + newest + ", is missing; the sets are: " + older);
    }
    portal.sets.remove(older);
    assertInvalid(
        () -> portal.load(LoadRequest.of("dumpdata", List.of(), mode)),
        "from: the newest complete set, " + newest + ", is missing; there are no readable sets");
    assertThat(portal.sets.all()).isEmpty();
  }

  @Test
  void newestSetShouldBeLoadedFromTheFolderOfDumps() throws Exception {
    dump();
    portal.database.execute("DELETE FROM users_aerpawuser");

    assertThat(portal.load(LoadRequest.DUMPDATA).errors()).isEmpty();

    assertThat(portal.select("SELECT username FROM users_aerpawuser")).containsExactly("user1");
  }

  @Test
  void fileThatDiffersFromItsManifestShouldBeRefused() throws Exception {
    Path set = dump();
    Files.writeString(set.resolve("users.json"), " ", StandardOpenOption.APPEND);

    assertThat(portal.refusedFrom(set.getFileName().toString()))
        .containsExactly("users.json: the sha256 differs from the manifest");
    assertThat(portal.refusedFrom(LoadRequest.DUMPDATA))
        .containsExactly("users.json: the sha256 differs from the manifest");
  }

  @Test
  void linkLeftByAKilledDumpInAnotherFormatShouldBeIgnored() throws Exception {
    dump();
    for (String stale : new String[] {"users.json.gz", "more.jsonl"}) {
      Files.createSymbolicLink(
          portal.sets.folder().resolve(stale), Path.of("latest").resolve(stale));
    }

    assertThat(portal.load(LoadRequest.DUMPDATA).errors()).isEmpty();
    assertThat(portal.load(LoadRequest.DUMPDATA, "users").errors()).isEmpty();
  }

  @Test
  void setWithoutARequestedFileShouldBeRefused() throws Exception {
    Path set = dump();
    String id = set.getFileName().toString();
    Files.delete(set.resolve("users.json"));

    assertInvalid(() -> portal.load(id), "from: users.json of the set is missing");
    assertThat(portal.load(id, "profiles").errors()).isEmpty();
  }

  @Test
  void dumpDirectoryWithoutALinkShouldBeRefused() throws Exception {
    dump();
    Files.delete(portal.sets.folder().resolve("users.json"));

    assertInvalid(
        () -> portal.load(LoadRequest.DUMPDATA), "from: users.json of the set is missing");
  }

  @Test
  void setCopiedToTheFixturesShouldBeComparedWithItsManifest() throws Exception {
    Path set = dump();
    for (String name : new String[] {"profiles.json", Manifest.FILE}) {
      Files.copy(set.resolve(name), portal.fixtures.resolve(name));
    }

    assertThatThrownBy(portal::load)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("users.json of the set is missing")
        .hasMessageNotContaining("profiles.json");
  }

  @Test
  void fileThatTheManifestDoesNotKnowShouldBeRefused() throws Exception {
    Path set = dump();
    Files.copy(set.resolve("users.json"), set.resolve("more.json"));

    assertInvalid(
        () -> portal.load(set.getFileName().toString()),
        "from: more.json is not in the manifest of its directory");
  }

  @Test
  void manifestOfAnotherFormatShouldBeRefused() throws Exception {
    Path manifest = dump().resolve(Manifest.FILE);
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replaceFirst("\"format\": *1", "\"format\": 2"));

    String reason = "the manifest has format 2; this version of the portal reads 1";
    assertInvalid(
        () -> portal.load(manifest.getParent().getFileName().toString()), "from: " + reason);
    assertInvalid(() -> portal.load(LoadRequest.DUMPDATA), "from: " + reason);
  }

  /** L39 */
  @Test
  void fileThatDiffersFromItsManifestShouldBeLoadedWithAWarningOnRequest() throws Exception {
    Path set = dump();
    Files.writeString(set.resolve("users.json"), " ", StandardOpenOption.APPEND);
    Files.copy(set.resolve("profiles.json"), set.resolve("more.json"));
    Files.delete(set.resolve("profiles.json"));

    assertNoted(
        set.getFileName().toString(),
        "more.json is not in the manifest of its directory",
        "profiles.json of the set is missing",
        "users.json: the sha256 differs from the manifest");
    assertThat(portal.select("SELECT id FROM profiles_aerpawuserprofile")).containsExactly("1");
  }

  /** L39 */
  @Test
  void setWithAManifestOfAnotherFormatShouldBeLoadedWithAWarningOnRequest() throws Exception {
    Path manifest = dump().resolve(Manifest.FILE);
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replaceFirst("\"format\": *1", "\"format\": 2"));

    String note = "the manifest has format 2; this version of the portal reads 1";
    assertNoted(manifest.getParent().getFileName().toString(), note);
    assertNoted(LoadRequest.DUMPDATA, note);
  }

  /** L39 */
  @Test
  void anUnknownSetIsRefusedEvenIfManifestsAreIgnored() {
    for (String from : new String[] {"..", "/", "20261122T093000.123Z"}) {
      assertInvalid(
          () -> portal.load(ignoringManifest(from)),
          "from: must be fixtures, dumpdata, latest or the name of a set; there are no readable"
              + " sets");
    }
  }

  private void assertNoted(String from, String... warnings) throws Exception {
    portal.database.execute("DELETE FROM users_aerpawuser; DELETE FROM profiles_aerpawuserprofile");
    var run = portal.load(ignoringManifest(from));
    assertThat(run.errors()).isEmpty();
    assertThat(run.report(LoadReport.class).created()).isEqualTo(2);
    assertThat(run.report().warnings()).containsExactly(warnings);
  }

  private static LoadRequest ignoringManifest(String from) {
    return loadFrom(from).ignoreManifest().build();
  }

  private Path dump() throws Exception {
    portal.loaded(profile(1), user(1).with("profile", 1));
    assertThat(portal.dump(new FileLayout(2, TimestampPrecision.EXACT)).errors()).isEmpty();
    return portal.sets.latest().orElseThrow().folder();
  }

  private static void assertInvalid(ThrowingCallable load, String problem) {
    assertThatThrownBy(load).isInstanceOf(InvalidRequestException.class).hasMessage(problem);
  }
}

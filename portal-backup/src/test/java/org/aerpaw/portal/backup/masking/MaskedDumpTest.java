package org.aerpaw.portal.backup.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.DumpRequestBuilder;
import org.aerpaw.portal.backup.DumpedFile;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.selection.RelatedObjects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dumps of a database in which every text that must not leave it is marked. */
class MaskedDumpTest {

  private static final Path PROFILES = Path.of("../masks");
  private static final String STAGING = "staging";
  private static final String EVERYTHING = "auth contenttypes";

  /** Both are in every marker, so that a part of one is found too. */
  private static final List<String> MARKS = List.of("secretmark", "kramterces");

  @TempDir Path folder;
  private TestPortal portal;

  @BeforeEach
  void markSecrets() throws Exception {
    portal = accepting(TestPortal.migrated(Files.createDirectory(folder.resolve("real"))), false);
    portal.withDjangoSet();
    assertThat(portal.load().errors()).isEmpty();
    portal.database.execute("CREATE SEQUENCE marker");
    for (Map.Entry<String, String> secret : secrets().entrySet()) {
      portal.database.execute("UPDATE %s SET %s".formatted(secret.getKey(), secret.getValue()));
    }
    portal.database.execute(
        "UPDATE credentials_publiccredentials c SET created_by ="
            + " (SELECT username FROM users_aerpawuser u WHERE u.id = c.owner_id)");
  }

  @AfterEach
  void close() {
    portal.close();
  }

  /** Assignments of a marker to each column that the default profile does not keep, by table. */
  private Map<String, String> secrets() throws IOException {
    MaskingProfile profile = profile();
    Map<String, String> assignments = new TreeMap<>();
    for (Model model : portal.registry.models()) {
      for (Field field : model.fields()) {
        String rule =
            profile
                .models()
                .getOrDefault(model.label(), Map.of())
                .getOrDefault(field.name(), "keep");
        if (!rule.equals("keep")) {
          assignments.merge(
              model.sql(),
              "%s = 'SecretMark-' || nextval('marker') || '-kramterceS'"
                  .formatted(field.column().sql()),
              (one, other) -> one + ", " + other);
        }
      }
    }
    return assignments;
  }

  private static MaskingProfile profile() throws IOException {
    return MaskingProfile.parse(Files.readAllBytes(PROFILES.resolve("staging.json")));
  }

  private TestPortal accepting(TestPortal server, boolean accepted) {
    return server.withMasking(
        new MaskingSettings(PROFILES, folder.resolve("state/masking-key"), accepted));
  }

  private static DumpRequestBuilder masked(String... apps) {
    return dumpOf(apps).mask(STAGING);
  }

  @Test
  void thereShouldBeAThousandMarkers() throws Exception {
    assertThat(Integer.parseInt(portal.select("SELECT last_value FROM marker").get(0)))
        .isGreaterThan(1000);
    assertThat(contents(portal.set(portal.dump()))).contains(MARKS);
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"NONE", "GZ"})
  void maskedSetShouldContainNoSecret(Compression compression) throws Exception {
    Run run = portal.dump(masked().compress(compression).build());

    assertNoSecrets(portal.set(run));
    assertThat(JsonBinding.toJson(run)).doesNotContainIgnoringCase(MARKS.get(0));
    assertThat(portal.select("SELECT r::text FROM fixtures.run r"))
        .noneMatch(row -> row.toLowerCase().contains(MARKS.get(0)));
  }

  @Test
  void naturalKeysSingleObjectsAndGroupsShouldContainNoSecret() throws Exception {
    assertNoSecrets(
        portal.set(portal.dump(masked("users", "projects").naturalKeys(true, true).build())));
    assertNoSecrets(portal.set(portal.dump(masked(EVERYTHING.split(" ")).build())));
    assertNoSecrets(
        portal.set(
            portal.dump(
                masked().objects(RelatedObjects.OWNED, null, "users.aerpawuser:2").build())));
  }

  private static void assertNoSecrets(BackupSet set) throws IOException {
    String contents = contents(set);
    assertThat(contents).hasSizeGreaterThan(1000);
    for (String mark : MARKS) {
      assertThat(contents.contains(mark)).as(mark).isFalse();
    }
  }

  /** Every file of the set, as it is and decompressed, in lower case. */
  private static String contents(BackupSet set) throws IOException {
    var contents = new StringBuilder();
    try (Stream<Path> files = Files.list(set.folder())) {
      for (Path file : files.sorted().toList()) {
        contents.append(new String(Files.readAllBytes(file), UTF_8));
        var compression = FixtureName.of(file.getFileName().toString()).orElseThrow().compression();
        try (var in = compression.decompress(Files.newInputStream(file))) {
          contents.append(new String(in.readAllBytes(), UTF_8));
        }
      }
    }
    return contents.toString().toLowerCase();
  }

  @Test
  void samePersonShouldHaveTheSameNameInEveryFileAndSet() throws Exception {
    BackupSet first = portal.set(portal.dump(masked().build()));
    BackupSet second =
        portal.set(portal.dump(masked("users", "credentials").naturalKeys(true, false).build()));

    List<String> usernames =
        DumpedFile.read(first.folder().resolve("users.json")).values("username");
    assertThat(usernames).doesNotHaveDuplicates().hasSizeGreaterThan(2);
    assertThat(DumpedFile.read(first.folder().resolve("credentials.json")).values("created_by"))
        .isNotEmpty()
        .isSubsetOf(usernames);
    assertThat(DumpedFile.read(second.folder().resolve("users.json")).values("username"))
        .isEqualTo(usernames);
    DumpedFile credentials = DumpedFile.read(second.folder().resolve("credentials.json"));
    assertThat(credentials.values("owner"))
        .isEqualTo(credentials.values("created_by").stream().map("[%s]"::formatted).toList());
  }

  @Test
  void anotherKeyShouldGiveOtherPseudonyms() throws Exception {
    BackupSet one = portal.set(portal.dump(masked("users").build()));
    Path key = folder.resolve("state/masking-key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    Files.delete(key);

    BackupSet other = portal.set(portal.dump(masked("users").build()));

    assertThat(DumpedFile.read(other.folder().resolve("users.json")).values("email"))
        .doesNotContainAnyElementsOf(
            DumpedFile.read(one.folder().resolve("users.json")).values("email"));
  }

  @Test
  void maskedSetShouldPassItsVerification() throws Exception {
    for (DumpRequestBuilder request :
        List.of(masked(), masked("users", "projects").naturalKeys(true, true))) {
      BackupSet set = portal.set(portal.dump(request.build()));

      assertThat(portal.verify(set).errors()).isEmpty();
    }
  }

  @Test
  void maskedSetShouldBeLoadedOnlyWhereItIsAccepted() throws Exception {
    BackupSet set = portal.set(portal.dump(masked().build()));
    var replace = LoadRequest.of(set.id(), List.of(), LoadMode.REPLACE);

    assertThatThrownBy(() -> portal.load(replace))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "from: the set %s is masked by the profile staging;"
                + " only a server with PORTAL_ACCEPT_MASKED=true loads it",
            set.id());
    try (TestPortal staging =
        accepting(TestPortal.migrated(Files.createDirectory(folder.resolve("staging"))), true)) {
      copy(set, Files.createDirectories(staging.sets.folder().resolve(set.id())));
      staging.withFixture(TestPortal.djangoSet().get(0)).load();

      Run load = staging.load(replace);

      assertThat(load.errors()).isEmpty();
      assertThat(load.report(LoadReport.class).created()).isEqualTo(set.manifest().objects());
      assertThat(staging.select("SELECT password FROM users_aerpawuser"))
          .allMatch(password -> password.startsWith("!"));
    }
  }

  @Test
  void copiedFilesOfAMaskedSetShouldBeRefusedToo() throws Exception {
    BackupSet set = portal.set(portal.dump(masked("users").build()));
    try (Stream<Path> files = Files.list(portal.fixtures)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    copy(set, portal.fixtures);

    assertThatThrownBy(() -> portal.load()).hasMessageContaining("is masked");
  }

  private static void copy(BackupSet set, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(set.folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void maskedSetShouldNotCountAsABackup() throws Exception {
    portal = portal.withRetention(1);
    BackupSet real = portal.set(portal.dump());
    portal.verify(real);
    var verified = portal.engine.status().read().lastVerified();

    BackupSet masked = portal.set(portal.dump(masked().build()));
    portal.verify(masked);

    assertThat(masked.manifest().complete()).isTrue();
    assertThat(masked.manifest().mask().profile()).isEqualTo(STAGING);
    assertThat(portal.sets.latestId()).contains(real.id());
    assertThat(portal.engine.status().read().newest()).contains(real);
    assertThat(portal.engine.status().read().lastVerified()).isEqualTo(verified);
    assertThat(portal.engine.retention().plan().sets().toString())
        .contains("newest complete", "newest verified", "last 1", "last 10 masked");
  }

  @Test
  void nothingShouldBeCarriedForwardIntoAMaskedSetNorFromIt() throws Exception {
    portal.set(portal.dump());
    BackupSet masked = portal.set(portal.dump(masked("users").build()));
    assertThat(masked.manifest().files()).containsOnlyKeys("users.json");

    BackupSet real = portal.set(portal.dump("users"));

    assertThat(contents(real)).contains(MARKS);
    assertThat(real.manifest().files()).hasSize(12);
  }

  @Test
  void manifestShouldHaveTheHashOfTheProfile() throws Exception {
    BackupSet set = portal.set(portal.dump(masked("users").build()));
    MessageDigest sha256 = Sha256.digest();
    sha256.update(Files.readAllBytes(PROFILES.resolve("staging.json")));

    assertThat(set.manifest().mask())
        .isEqualTo(new Manifest.AppliedMask(STAGING, Sha256.hex(sha256)));
  }

  @Test
  void emptyKeyShouldFailTheDump() throws Exception {
    Files.writeString(
        Files.createDirectories(folder.resolve("state")).resolve("masking-key"), "\n");

    Run dump = portal.dump(masked("users").build());

    assertThat(dump.errors()).singleElement().asString().contains("masking-key is empty");
    assertThat(portal.sets.all()).isEmpty();
  }

  @Test
  void unknownProfileShouldBeRefusedWithTheExistingOnes() {
    for (String name : List.of("other", "../masks/staging", "staging.json", "")) {
      assertThatThrownBy(() -> portal.dump(dumpOf().mask(name).build()))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage("mask: unknown masking profile; the profiles are: staging");
    }
  }
}

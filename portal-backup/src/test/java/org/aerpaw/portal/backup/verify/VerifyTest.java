package org.aerpaw.portal.backup.verify;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.file.FileFormat;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes a set one that can be restored, and what a verification leaves behind. */
@ExtendWith(TestPortalExtension.class)
class VerifyTest {

  private static final String SCHEMAS = "SELECT nspname FROM pg_namespace ORDER BY 1";

  @Test
  void setOfAWholePortalShouldBeVerified(TestPortal portal) throws Exception {
    BackupSet set = djangoSet(portal);
    Instant before = Instant.now();

    Run run = portal.verify(set);

    assertThat(run.errors()).isEmpty();
    assertThat(run.kind()).isEqualTo(RunKind.VERIFY);
    VerificationReport report = run.report(VerificationReport.class);
    assertThat(report.set()).isEqualTo(set.id());
    assertThat(report.objects()).isEqualTo(1074);
    assertThat(run.progress().objects()).isEqualTo(1074);
    assertThat(report.files()).hasSize(12);
    assertThat(report.warnings().get(0))
        .isEqualTo(
            "80 references from users.aerpawuser.groups to auth.group, which is not in this"
                + " set; the trial restore used the rows of auth.group in the current database");
    assertThat(set.verified().orElseThrow()).isBetween(before.minusSeconds(1), Instant.now());
    JsonObject kept = kept(set);
    assertThat(kept.getString("verifiedAt")).isEqualTo(set.verified().orElseThrow().toString());
    assertThat(kept.getString("portal")).isEqualTo(set.manifest().versions().get("portal"));
    assertThat(kept.getString("result")).isEqualTo("passed");
  }

  @ParameterizedTest
  @CsvSource({"2, EXACT", "0, EXACT", ", EXACT", "4, MILLISECONDS", ", MILLISECONDS"})
  void setShouldBeVerifiedInTheStyleItWasWrittenIn(
      Integer indent, TimestampPrecision timestamps, TestPortal portal) throws Exception {
    rows(portal);

    BackupSet set = portal.set(portal.dump(new FileLayout(indent, timestamps)));

    assertThat(portal.verify(set).errors()).isEmpty();
  }

  @Test
  void setWithFilesInSeveralStylesShouldBeVerified(TestPortal portal) throws Exception {
    rows(portal);
    portal.dump();

    BackupSet set =
        portal.set(portal.dump(new FileLayout(null, TimestampPrecision.MILLISECONDS), "profiles"));

    assertThat(set.manifest().files()).hasSize(12);
    assertThat(portal.verify(set).errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"JSON, GZ", "JSONL, NONE", "JSONL, GZ"})
  void setShouldBeVerifiedInTheFormatItWasWrittenIn(
      FileFormat format, Compression compression, TestPortal portal) throws Exception {
    rows(portal);
    portal.dump();
    portal.dump(format, compression, "profiles");

    BackupSet set = portal.set(portal.dump(format, compression, "users"));

    assertThat(set.manifest().files()).hasSize(12).containsKey("projects.json");
    assertThat(portal.verify(set).errors()).isEmpty();
  }

  /** Another Java may pack the same text in other bytes. */
  @Test
  void packedFileShouldBeHeldAgainstItsTextAndNotItsBytes(TestPortal portal) throws Exception {
    rows(portal);
    BackupSet set = portal.set(portal.dump(FileFormat.JSON, Compression.GZ));
    Path file = set.folder().resolve("users.json.gz");
    String sha256 = set.manifest().files().get("users.json.gz").sha256();
    long bytes = Files.size(file);
    try (var text = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      Files.write(file, stored(text.readAllBytes()));
    }
    var digest = Sha256.digest();
    digest.update(Files.readAllBytes(file));
    Path manifest = set.folder().resolve(Manifest.FILE);
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace(sha256, Sha256.hex(digest))
            .replace("\"bytes\": " + bytes, "\"bytes\": " + Files.size(file)));

    assertThat(portal.verify(portal.sets.find(set.id()).orElseThrow()).errors()).isEmpty();
  }

  private static byte[] stored(byte[] text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(Deflater.NO_COMPRESSION);
          }
        }) {
      gzip.write(text);
    }
    return bytes.toByteArray();
  }

  @Test
  void setOfEveryAppShouldBeVerified(TestPortal portal) throws Exception {
    rows(portal);

    BackupSet set = portal.set(portal.dump(portal.registry.apps().toArray(String[]::new)));

    assertThat(portal.verify(set).errors()).isEmpty();
  }

  @Test
  void setShouldBeVerifiedWhateverBecameOfItsRows(TestPortal portal) throws Exception {
    rows(portal);
    BackupSet set = portal.set(portal.dump());
    portal.database.execute(
        "UPDATE users_aerpawuser SET username = 'x' || username; DELETE FROM"
            + " projects_aerpawproject");
    portal.insert("users_aerpawuser", "id", 77, "username", "ann");

    assertThat(portal.verify(set).errors()).isEmpty();
  }

  @Test
  void externalReferencesShouldBeComparedWithTheCurrentRows(TestPortal portal) throws Exception {
    rows(portal);
    BackupSet users = portal.set(portal.dump("users"));
    BackupSet projects = portal.set(portal.dump("projects.aerpawproject"));
    assertThat(portal.verify(users).errors()).isEmpty();
    assertThat(portal.verify(projects).errors()).isEmpty();
    portal.database.execute("DELETE FROM users_aerpawuser_groups; DELETE FROM auth_group");

    assertThat(messages(portal.verify(users)))
        .containsExactly(
            "users.json:24:15: users.aerpawuser(pk=1): groups: no"
                + " auth.group(pk=1), which is pi in the set, in the database or in this load");
    assertThat(portal.verify(projects).errors()).isEmpty();
  }

  /** Lists are ordered by what lies two references away, and that is in no file of the set. */
  @Test
  void listThatIsOrderedByRowsOutOfTheSetShouldBeVerified(TestPortal portal) throws Exception {
    portal
        .insert("users_aerpawuser", "id", 1, "username", "ann")
        .insert("django_content_type", "id", 901, "app_label", "zoo", "model", "ape")
        .insert("django_content_type", "id", 902, "app_label", "art", "model", "oil")
        .insert("auth_permission", "id", 901, "content_type_id", 901, "codename", "feed")
        .insert("auth_permission", "id", 902, "content_type_id", 902, "codename", "view")
        .insert("users_aerpawuser_user_permissions", "aerpawuser_id", 1, "permission_id", 901)
        .insert("users_aerpawuser_user_permissions", "aerpawuser_id", 1, "permission_id", 902);

    BackupSet set = portal.set(portal.dump("users"));

    assertThat(portal.dumped("users.json").values("user_permissions")).containsExactly("[902,901]");
    assertThat(portal.verify(set).errors()).isEmpty();
  }

  @Test
  void functionsOfIndexesFindOtherFunctions(TestPortal portal) throws Exception {
    // Before there are rows: PostgreSQL 17 and newer build indexes without the search path.
    portal.database.execute(
        """
        CREATE FUNCTION helper(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'select lower(t)';
        CREATE FUNCTION norm(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE
          AS 'begin return helper(t); end';
        CREATE INDEX ON users_aerpawuser (norm(username))
        """);
    rows(portal);
    BackupSet set = portal.set(portal.dump());

    assertThat(portal.verify(set).errors()).isEmpty();
    assertThat(set.verified()).isPresent();
  }

  @Test
  void aTrialThatTheDatabaseCannotMakeIsNoFailureOfTheSet(TestPortal portal) throws Exception {
    rows(portal);
    BackupSet set = portal.set(portal.dump());
    assertThat(portal.verify(set).errors()).isEmpty();
    portal.database.execute(
        """
        CREATE FUNCTION broken(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE
          AS 'begin perform 1 from missing; return t; end';
        ALTER TABLE users_aerpawuser ADD CHECK (broken(username) IS NOT NULL) NOT VALID
        """);

    assertThat(messages(portal.verify(set)))
        .containsExactly(
            "the set could not be verified: database error: relation \"missing\" does not exist"
                + " (42P01)");
    assertThat(set.verified()).as("the result of the last verification").isPresent();
  }

  @Test
  void aSetWithoutFilesFails(TestPortal portal) throws Exception {
    BackupSet set = djangoSet(portal);
    Path manifest = set.folder().resolve(Manifest.FILE);
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceFirst(
                "(?s)\"files\": *\\{.*\"externalReferences\"",
                "\"files\": {}, \"externalReferences\""));
    for (String file : set.manifest().files().keySet()) {
      Files.delete(set.folder().resolve(file));
    }

    assertThat(messages(portal.verify(set))).containsExactly("the set contains no files");
  }

  /** L39 */
  @Test
  void everyFileThatDiffersFromTheManifestShouldBeNamed(TestPortal portal) throws Exception {
    BackupSet set = djangoSet(portal);
    Files.delete(file(set, "credentials"));
    Files.writeString(file(set, "more"), "[]");
    Files.writeString(file(set, "profiles"), Files.readString(file(set, "profiles")) + " ");
    Files.writeString(
        file(set, "users"), Files.readString(file(set, "users")).replaceFirst("[1-9]", "0"));

    Run run = portal.verify(set);

    assertThat(messages(run))
        .containsExactly(
            "credentials.json: it is missing",
            "more.json: it is not in the manifest",
            "profiles.json: it has 24268 bytes, but the manifest says 24267",
            "users.json: the sha256 differs from the manifest");
    assertThat(set.verified()).isEmpty();
    assertThat(kept(set).getString("result")).isEqualTo("failed");
  }

  @Test
  void setThatDoesNotLoadShouldBeReportedWithThePlace(TestPortal portal) throws Exception {
    rows(portal);
    BackupSet set = portal.set(portal.dump());
    forge(set, "users", text -> text.replace("\"is_staff\": false", "\"is_staff\": 5"));

    assertThat(messages(portal.verify(set)))
        .allSatisfy(
            error -> assertThat(error).matches("users\\.json:\\d+:\\d+: users\\..*: is_staff: .*"))
        .hasSize(2);
  }

  @Test
  void setThatADumpWouldWriteDifferentlyShouldFailTheVerification(TestPortal portal)
      throws Exception {
    rows(portal);
    BackupSet set = portal.set(portal.dump());
    forge(set, "users", text -> text.replace("\"username\"", " \"username\""));

    assertThat(messages(portal.verify(set)))
        .containsExactly("users.json: a dump of the restored rows differs from this file");
  }

  @Test
  void manifestWithOtherCountsShouldFailTheVerification(TestPortal portal) throws Exception {
    rows(portal);
    BackupSet set = portal.set(portal.dump());
    Path manifest = set.folder().resolve(Manifest.FILE);
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("\"users.aerpawuser\": 2", "\"users.aerpawuser\": 3")
            .replace("\"profiles.aerpawuserprofile\"", "\"profiles.face\""));

    assertThat(messages(portal.verify(set)))
        .containsExactly("profiles.json: the manifest names an unknown model: profiles.face");

    Files.writeString(
        manifest,
        Files.readString(manifest).replace("profiles.face", "profiles.aerpawuserprofile"));
    assertThat(messages(portal.verify(set)))
        .containsExactly("users.json: the number of objects of a model differs from the manifest");
  }

  @Test
  void verifiedSetShouldStillLoad(TestPortal portal) throws Exception {
    rows(portal);
    BackupSet set = portal.set(portal.dump());
    portal.verify(set);

    assertThat(portal.load(set.id()).errors()).isEmpty();
    assertThat(portal.verify(set).errors()).isEmpty();
  }

  @Test
  void laterFailureShouldReplaceAnEarlierSuccess(TestPortal portal) throws Exception {
    rows(portal);
    BackupSet set = portal.set(portal.dump());
    portal.verify(set);
    assertThat(set.verified()).isPresent();
    byte[] users = Files.readAllBytes(file(set, "users"));

    Files.writeString(file(set, "users"), "[\n]\n");
    portal.verify(set);
    assertThat(set.verified()).isEmpty();

    Files.write(file(set, "users"), users);
    assertThat(portal.verify(set).state()).isEqualTo(RunState.DONE);
    assertThat(set.verified()).isPresent();
  }

  @Test
  void verificationShouldChangeNothingInTheDatabase(TestPortal portal) throws Exception {
    BackupSet set = djangoSet(portal);
    DatabaseContent before = DatabaseContent.of(portal.database);
    List<String> schemas = portal.select(SCHEMAS);

    assertThat(portal.verify(set).errors()).isEmpty();

    assertThat(DatabaseContent.of(portal.database)).isEqualTo(before);
    assertThat(portal.select(SCHEMAS)).isEqualTo(schemas);
  }

  /**
   * An old Django portal's tables take their keys from sequences that a copied default would still
   * name.
   */
  @Test
  void verificationShouldMoveNoSequenceOfSerialColumns(TestPortal portal) throws Exception {
    BackupSet set = djangoSet(portal);
    for (String table : tablesOfPairs(portal)) {
      portal.database.execute(
          """
          ALTER TABLE %1$s ALTER id DROP IDENTITY;
          CREATE SEQUENCE %1$s_id_seq OWNED BY %1$s.id;
          ALTER TABLE %1$s ALTER id SET DEFAULT nextval('%1$s_id_seq')"""
              .formatted(table));
    }
    DatabaseContent before = DatabaseContent.of(portal.database);

    assertThat(portal.verify(set).errors()).isEmpty();

    assertThat(DatabaseContent.of(portal.database)).isEqualTo(before);
  }

  @Test
  void verificationShouldWaitForNobodyWhoWrites(TestPortal portal) throws Exception {
    BackupSet set = djangoSet(portal);
    try (Transaction writer = Transaction.begin(portal.database.dataSource())) {
      writer.update("LOCK TABLE " + allTables(portal) + " IN EXCLUSIVE MODE");

      Run run = CompletableFuture.supplyAsync(() -> verify(portal, set)).get(30, SECONDS);

      assertThat(run.errors()).isEmpty();
    }
  }

  /** D51 */
  @Test
  void tableThatDiffersFromTheMappingShouldBeNamed(TestPortal portal) throws Exception {
    BackupSet set = portal.set(portal.dump());
    portal.database.execute("ALTER TABLE operations_canonicalnumber ADD COLUMN color text");

    assertThat(messages(portal.verify(set)))
        .containsExactly(
            "the portal does not know the column operations_canonicalnumber.color; its values would be lost");
  }

  @Test
  void directoryThatIsNoSetShouldBeRefused(TestPortal portal) {
    for (String id : List.of("", "latest", "..", "20261122T093000.123Z")) {
      assertThatThrownBy(() -> portal.verifications.start(id, "a test"))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage("set: no such set");
    }
  }

  @Test
  void setWhoseManifestCannotBeReadShouldBeRefused(TestPortal portal) throws Exception {
    BackupSet set = portal.set(portal.dump());
    Files.writeString(set.folder().resolve(Manifest.FILE), "{}");

    assertThatThrownBy(() -> portal.verify(set))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("set: the manifest is damaged: the member \"format\" is missing");
  }

  @Test
  void verificationThatIsStartedShouldEndInTheHistory(TestPortal portal) throws Exception {
    BackupSet set = portal.set(portal.dump());

    Run run = portal.verifications.start(set.id(), "a test");

    assertThat(run.state()).isEqualTo(RunState.RUNNING);
    await()
        .untilAsserted(
            () ->
                assertThat(portal.otherInstance().runs.find(run.id()).orElseThrow().state())
                    .isEqualTo(RunState.DONE));
    assertThat(portal.otherInstance().runs.find(run.id()).orElseThrow().kind())
        .isEqualTo(RunKind.VERIFY);
  }

  private static Run verify(TestPortal portal, BackupSet set) {
    try {
      return portal.verify(set);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static BackupSet djangoSet(TestPortal portal) throws Exception {
    assertThat(portal.withDjangoSet().load().errors()).isEmpty();
    return portal.set(portal.dump());
  }

  /** Two users, one of them with a group, a profile and a project, and fractions of seconds. */
  private static void rows(TestPortal portal) throws Exception {
    portal
        .insert("auth_group", "id", 1, "name", "pi")
        .insert("profiles_aerpawuserprofile", "id", 5, "created", "2022-01-01T00:00:00.123Z")
        .insert("users_aerpawuser", "id", 1, "username", "ann", "profile_id", 5)
        .insert("users_aerpawuser", "id", 2, "username", "bob")
        .insert("users_aerpawuser_groups", "aerpawuser_id", 1, "group_id", 1)
        .insert("projects_aerpawproject", "id", 1, "project_creator_id", 1);
  }

  private static List<String> tablesOfPairs(TestPortal portal) {
    return portal.registry.models().stream()
        .flatMap(model -> model.lists().stream())
        .map(ListField::table)
        .distinct()
        .toList();
  }

  private static String allTables(TestPortal portal) throws Exception {
    return portal
        .select(
            "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relnamespace ="
                + " 'public'::regnamespace")
        .stream()
        .collect(joining(", "));
  }

  private static Path file(BackupSet set, String app) {
    return set.folder().resolve(app + ".json");
  }

  private static JsonObject kept(BackupSet set) throws IOException {
    try (var reader =
        Json.createReader(Files.newInputStream(set.folder().resolve("verified.json")))) {
      return reader.readObject();
    }
  }

  private static List<String> messages(Run run) {
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    return run.errors().stream().map(FixtureError::toString).toList();
  }

  private interface Change {
    String of(String text);
  }

  /** Changes a file, and the manifest with it. */
  private static void forge(BackupSet set, String app, Change change) throws IOException {
    byte[] forged = change.of(Files.readString(file(set, app))).getBytes();
    Files.write(file(set, app), forged);
    var hash = Sha256.digest();
    hash.update(forged);
    Path manifest = set.folder().resolve(Manifest.FILE);
    Manifest.FileEntry entry = set.manifest().files().get(app + ".json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace(entry.sha256(), Sha256.hex(hash))
            .replace("\"bytes\": " + entry.bytes(), "\"bytes\": " + forged.length));
  }
}

package org.aerpaw.portal.backup.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.aerpaw.portal.backup.Fixture.fixture;
import static org.aerpaw.portal.backup.Fixture.profile;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.aerpaw.portal.backup.LoadRequestBuilder.loadFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.Fixture;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.catalog.StagedFile;
import org.aerpaw.portal.backup.catalog.StagedSet;
import org.aerpaw.portal.backup.diff.DiffReport;
import org.aerpaw.portal.backup.diff.DiffReport.Change;
import org.aerpaw.portal.backup.diff.DiffReport.DifferentObject;
import org.aerpaw.portal.backup.diff.DiffRequest;
import org.aerpaw.portal.backup.dump.DumpReport;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.compress.Compressed;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.verify.VerificationReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets that are encrypted for a key and a recovery key. */
@ExtendWith(TestPortalExtension.class)
class EncryptedSetTest {

  private static final AgeKeys KEY = AgeKeys.generate();
  private static final AgeKeys RECOVERY = AgeKeys.generate();
  private static final AgeKeys FOREIGN = AgeKeys.generate();

  private TestPortal plain;
  private TestPortal portal;

  @BeforeEach
  void encryptSets(TestPortal lent) {
    plain = lent;
    portal = lent.withRecipients(Recipients.parse(KEY.recipient() + " " + RECOVERY.recipient()));
  }

  @Test
  void dumpShouldVerifyTheSetAndPublishOnlyEncryptedFiles() throws Exception {
    portal.withDjangoSet().load();

    BackupSet set = portal.set(portal.dump());

    assertThat(names(set)).hasSize(14).contains("users.json.gz.age", Manifest.ENCRYPTED_FILE);
    assertThat(names(set))
        .allMatch(name -> name.endsWith(".json.gz.age") || name.startsWith(Manifest.FILE));
    assertThat(portal.sets.folder().resolve("users.json.gz.age")).exists();
    assertThat(portal.sets.latestId()).contains(set.id());
    assertThat(set.manifest().encryption().recipients())
        .containsExactly(KEY.recipient(), RECOVERY.recipient());
    assertThat(set.verified()).isPresent();
    assertThat(set.damagedFiles()).isEmpty();
    assertThat(Files.readString(set.folder().resolve(Manifest.FILE)))
        .doesNotContain("aerpawuser", "site_admin");
    assertThat(set.manifest().files().values()).allMatch(file -> file.models().isEmpty());
  }

  @Test
  void reportShouldNameEncryptedFilesWithTheirNumbersOfObjects() throws Exception {
    portal.loaded(profile(1), user(1), user(2));

    DumpReport report = portal.dump().report(DumpReport.class);

    assertThat(report.objects()).isEqualTo(3);
    assertThat(report.files())
        .contains(
            new DumpReport.DumpedFile(
                "users.json.gz.age", 2, bytes(report, "users.json.gz.age"), false));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachRecipientShouldRestoreTheSetAndUndoIt(boolean recovery) throws Exception {
    String identity = (recovery ? RECOVERY : KEY).identity();
    portal.loaded(profile(1), user(1).with("first_name", "Ada"), user(2));
    BackupSet set = portal.set(portal.dump());
    DatabaseContent before = DatabaseContent.of(portal.database);
    portal.loaded(user(1).with("first_name", "Eve"), user(3));
    DatabaseContent changed = DatabaseContent.of(portal.database);

    LoadReport report = done(request(set.id(), LoadMode.REPLACE, identity));

    assertThat(DatabaseContent.of(portal.database).asFixturesShowIt())
        .isEqualTo(before.asFixturesShowIt());
    BackupSet safetyBackup = portal.sets.find(report.safetyBackup()).orElseThrow();
    assertThat(safetyBackup.manifest().isEncrypted()).isTrue();
    done(request(safetyBackup.id(), LoadMode.REPLACE, identity));
    assertThat(DatabaseContent.of(portal.database).asFixturesShowIt())
        .isEqualTo(changed.asFixturesShowIt());
  }

  @Test
  void oneObjectShouldBeRestored() throws Exception {
    portal.loaded(profile(1), user(1), user(2));
    BackupSet set = portal.set(portal.dump());
    portal.database.execute("DELETE FROM users_aerpawuser");

    done(
        loadFrom(set.id())
            .objects("users.aerpawuser:2")
            .identity(Identity.of(KEY.identity()))
            .build());

    assertThat(portal.select("SELECT id FROM users_aerpawuser")).containsExactly("2");
  }

  @Test
  void wrongIdentityShouldBeRefusedWithTheRecipients() throws Exception {
    BackupSet set = portal.set(portal.dump());

    assertThat(problems(request(set.id(), LoadMode.MERGE, FOREIGN.identity())))
        .containsExactly(
            "identity: the private key does not decrypt the set %s, which is encrypted for %s, %s"
                .formatted(set.id(), KEY.recipient(), RECOVERY.recipient()));
    assertThat(problems(request(set.id(), LoadMode.MERGE, null)))
        .containsExactly(
            ("identity: a private key is needed for the set %s, which is encrypted for %s, %s;"
                    + " see --identity")
                .formatted(set.id(), KEY.recipient(), RECOVERY.recipient()));
    assertThat(problems(request(set.id(), LoadMode.MERGE, "AGE-SECRET-KEY-1WRONG")))
        .singleElement()
        .asString()
        .startsWith("identity: contains a line that is neither a comment nor a private key")
        .doesNotContain("1WRONG");
  }

  @Test
  void everySingleChangedByteShouldBeRefused() throws Exception {
    BackupSet set = portal.set(portal.dump("credentials"));

    for (String name : names(set)) {
      Path file = set.folder().resolve(name);
      byte[] content = Files.readAllBytes(file);
      for (int i = 0; i < content.length; i++) {
        content[i] ^= 1;
        Files.write(file, content);
        assertThat(problems(request(set.id(), LoadMode.MERGE, KEY.identity())))
            .as("byte %d of %s", i, name)
            .isNotEmpty();
        content[i] ^= 1;
      }
      Files.write(file, content);
    }
    assertThat(problems(request(set.id(), LoadMode.MERGE, KEY.identity()))).isEmpty();
  }

  @Test
  void changedOrTruncatedLargeFileShouldChangeNothing() throws Exception {
    byte[] encrypted = encrypt(fixture(users(2000)).getBytes(UTF_8));
    assertThat(encrypted.length).isGreaterThan(4 << 16);
    Path file = portal.fixtures.resolve("users.json.age");
    DatabaseContent before = DatabaseContent.of(portal.database);

    for (int i = 1 << 16; i < encrypted.length; i += 50_021) {
      byte[] changed = encrypted.clone();
      changed[i] ^= 1;
      Files.write(file, changed);
      refuse(request(LoadRequest.FIXTURES, LoadMode.MERGE, KEY.identity()));
      Files.write(file, Arrays.copyOf(encrypted, i));
      refuse(request(LoadRequest.FIXTURES, LoadMode.MERGE, KEY.identity()));
    }

    assertThat(DatabaseContent.of(portal.database)).isEqualTo(before);
  }

  @Test
  void fileOfAnotherSetShouldBeRefused() throws Exception {
    portal.loaded(user(1));
    BackupSet older = portal.set(portal.dump());
    portal.loaded(user(2));
    BackupSet set = portal.set(portal.dump());
    copy("users.json.gz.age", older, set);

    assertThat(portal.refused(request(set.id(), LoadMode.MERGE, KEY.identity())))
        .singleElement()
        .asString()
        .contains("users.json.gz.age", "the sha256 differs from the manifest");

    // With an unencrypted manifest that fits the exchanged file.
    Path manifest = set.folder().resolve(Manifest.FILE);
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace(
                set.manifest().files().get("users.json.gz.age").sha256(),
                older.manifest().files().get("users.json.gz.age").sha256()));
    assertThat(problems(request(set.id(), LoadMode.MERGE, KEY.identity())))
        .containsExactly(
            "from: manifest.json was changed, or manifest.json.age is that of another set");

    copy(Manifest.ENCRYPTED_FILE, older, set);
    assertThat(problems(request(set.id(), LoadMode.MERGE, KEY.identity())))
        .containsExactly("from: manifest.json.age: the sha256 differs from the manifest");
  }

  @Test
  void verificationShouldCompareTheFilesAndRelyOnTheTrialRestoreBefore() throws Exception {
    BackupSet set = portal.set(portal.dump());
    Path file = set.folder().resolve("users.json.gz.age");
    byte[] content = Files.readAllBytes(file);

    VerificationReport report = portal.verify(set).report(VerificationReport.class);
    assertThat(report.warnings()).singleElement().asString().startsWith("the set is encrypted");

    Files.write(file, new byte[content.length]);
    assertThat(portal.verify(set).errors())
        .extracting(FixtureError::toString)
        .containsExactly("users.json.gz.age: the sha256 differs from the manifest");
    assertThat(set.verified()).isEmpty();

    Files.write(file, content);
    assertThat(portal.verify(set).errors()).isEmpty();
    assertThat(set.verified()).isPresent();
  }

  @Test
  void setThatFailsTheTrialRestoreShouldBeEncryptedNevertheless() throws Exception {
    portal.loaded(profile(1), user(1).with("profile", 1));
    portal.database.execute(
        "ALTER TABLE users_aerpawuser DISABLE TRIGGER ALL;"
            + "ALTER TABLE profiles_aerpawuserprofile DISABLE TRIGGER ALL;"
            + "DELETE FROM profiles_aerpawuserprofile");

    Run dump = portal.dump();
    BackupSet set = portal.set(dump);

    assertThat(dump.report(DumpReport.class).warnings())
        .anyMatch(warning -> warning.startsWith("the trial restore failed: "));
    assertThat(set.manifest().isEncrypted()).isTrue();
    assertThat(set.verified()).isEmpty();
    assertThat(portal.verify(set).errors())
        .extracting(FixtureError::toString)
        .containsExactly("the trial restore failed before the set was encrypted");
  }

  @Test
  void safetyBackupShouldNotBeVerified() throws Exception {
    portal.loaded(user(1));
    BackupSet set = portal.set(portal.dump());
    LoadReport report = done(request(set.id(), LoadMode.REPLACE, KEY.identity()));

    BackupSet safetyBackup = portal.sets.find(report.safetyBackup()).orElseThrow();

    assertThatThrownBy(() -> portal.verify(safetyBackup))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("was not verified before it was encrypted");
  }

  @Test
  void dumpOfSomeAppsShouldCarryNothingForward() throws Exception {
    BackupSet complete = portal.set(portal.dump());

    Run dump = portal.dump("users");

    assertThat(portal.set(dump).manifest().complete()).isFalse();
    assertThat(dump.report(DumpReport.class).warnings())
        .anyMatch(warning -> warning.contains("cannot be carried forward to an encrypted set"));
    assertThat(portal.sets.latestId()).contains(complete.id());
  }

  @Test
  void plainDumpOfSomeAppsShouldCarryNoEncryptedFileForward() throws Exception {
    portal.set(portal.dump());

    Run dump = plain.dump("users");

    assertThat(names(plain.set(dump))).containsExactly("manifest.json", "users.json");
    assertThat(dump.report(DumpReport.class).warnings())
        .anyMatch(
            warning -> warning.contains("is encrypted, so its files cannot be carried forward"));
  }

  @Test
  void armoredFixtureShouldBeLoaded() throws Exception {
    byte[] armored = AgeKeys.armored(encrypt(fixture(user(1)).getBytes(UTF_8)));
    Files.write(portal.fixtures.resolve("users.json.age"), armored);

    assertThat(problems(request(LoadRequest.FIXTURES, LoadMode.MERGE, FOREIGN.identity())))
        .containsExactly(
            "identity: the private key does not decrypt users.json.age, which is encrypted for"
                + " one recipient");
    assertThat(done(request(LoadRequest.FIXTURES, LoadMode.MERGE, KEY.identity())).created())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fileWithAPassphraseShouldBeRefusedWithAReason(boolean armored) throws Exception {
    byte[] file = "age-encryption.org/v1\n-> scrypt c2FsdA 18\nYm9keQ\n--- bWFj\nx".getBytes(UTF_8);
    Files.write(portal.fixtures.resolve("users.json.age"), armored ? AgeKeys.armored(file) : file);

    assertThat(problems(request(LoadRequest.FIXTURES, LoadMode.MERGE, KEY.identity())))
        .containsExactly(
            "fixtures: users.json.age is encrypted with a passphrase; decrypt it with age -d"
                + " and load the result");
  }

  @ParameterizedTest
  @ValueSource(strings = {"users.json.age", "users.json.gz.age", "other.jsonl.zst.age"})
  void encryptedFixtureShouldBeLoaded(String name) throws Exception {
    Compression compression =
        name.contains(".gz")
            ? Compression.GZ
            : name.contains(".zst") ? Compression.ZST : Compression.NONE;
    String text = name.contains(".jsonl") ? user(1) + "\n" : fixture(user(1));
    Files.write(
        portal.fixtures.resolve(name), encrypt(Compressed.pack(compression, text.getBytes(UTF_8))));

    assertThat(problems(request(LoadRequest.FIXTURES, LoadMode.MERGE, null)))
        .containsExactly(
            "identity: a private key is needed for "
                + name
                + ", which is encrypted for one recipient; see --identity");
    assertThat(problems(request(LoadRequest.FIXTURES, LoadMode.MERGE, FOREIGN.identity())))
        .containsExactly(
            "identity: the private key does not decrypt "
                + name
                + ", which is encrypted for one recipient");
    assertThat(done(request(LoadRequest.FIXTURES, LoadMode.MERGE, KEY.identity())).created())
        .isEqualTo(1);
  }

  @Test
  void encryptedSetShouldBeComparedWithTheDatabaseAndOtherSets() throws Exception {
    portal.loaded(profile(1), user(1).with("first_name", "Ada"), user(2));
    BackupSet older = portal.set(portal.dump());
    portal.loaded(user(1).with("first_name", "Eve"), user(3));
    BackupSet unencrypted = plain.set(plain.dump());

    for (String to : List.of(DiffRequest.DATABASE, unencrypted.id())) {
      DiffReport report = diff(older.id(), to).report(DiffReport.class);

      assertThat(report.differences())
          .as(to)
          .extracting(DifferentObject::pk, DifferentObject::change)
          .containsExactly(tuple(1L, Change.CHANGED), tuple(3L, Change.ADDED));
    }
    BackupSet newer = portal.set(portal.dump());
    assertThat(diff(older.id(), newer.id()).report(DiffReport.class).differences()).hasSize(2);
    assertThat(diff(newer.id(), unencrypted.id()).report(DiffReport.class).differences()).isEmpty();
  }

  @Test
  void encryptedSetShouldNotBeComparedWithoutItsKey() throws Exception {
    BackupSet set = portal.set(portal.dump());

    assertThatThrownBy(() -> diff(set.id(), DiffRequest.DATABASE, null))
        .hasMessage(
            ("identity: a private key is needed for the set %s, which is encrypted for %s, %s;"
                    + " see --identity")
                .formatted(set.id(), KEY.recipient(), RECOVERY.recipient()));
    assertThatThrownBy(() -> diff(set.id(), DiffRequest.DATABASE, FOREIGN.identity()))
        .hasMessage(
            "identity: the private key does not decrypt the set %s, which is encrypted for %s, %s"
                .formatted(set.id(), KEY.recipient(), RECOVERY.recipient()));
    assertThatThrownBy(() -> diff(set.id(), DiffRequest.DATABASE, "x"))
        .hasMessageContaining("identity: contains a line that is neither");
  }

  @Test
  void changedFileOfAnEncryptedSetShouldNotBeCompared() throws Exception {
    portal.loaded(profile(1), user(1));
    BackupSet set = portal.set(portal.dump());
    Path users = set.folder().resolve("users.json.gz.age");
    byte[] content = Files.readAllBytes(users);
    content[content.length - 1] ^= 1;
    Files.write(users, content);

    assertThat(diff(set.id(), DiffRequest.DATABASE).errors().toString())
        .contains("not an age file, or a damaged or truncated one");
    Files.delete(users);
    assertThat(diff(set.id(), DiffRequest.DATABASE).errors().toString()).contains("it is missing");
  }

  private Run diff(String from, String to) throws Exception {
    return diff(from, to, KEY.identity());
  }

  private Run diff(String from, String to, String identity) throws Exception {
    var request =
        new DiffRequest(from, to, null, false, identity == null ? null : Identity.of(identity));
    return portal.engine.diffs().diffAndWait(request, "a test");
  }

  @Test
  void expectedSpaceShouldIncludeThePlainFilesOfADump() throws Exception {
    portal.loaded(profile(1), user(1), user(2));
    long unencrypted = plain.set(plain.dump()).manifest().bytes();
    long encrypted = portal.set(portal.dump()).manifest().bytes();

    assertThat(portal.engine.status().read().expectedBytes()).isEqualTo(unencrypted + encrypted);
    plain.set(plain.dump());
    assertThat(portal.engine.status().read().expectedBytes()).isEqualTo(unencrypted);
  }

  @Test
  void numbersOfObjectsShouldBeUnknownAndNotZero() throws Exception {
    portal.loaded(profile(1), user(1));
    BackupSet set = portal.set(portal.dump());

    VerificationReport report = portal.verify(set).report(VerificationReport.class);

    assertThat(report.objects()).isNull();
    assertThat(report.files()).allMatch(file -> file.objects() == null);
    assertThat(report.summary()).startsWith("set " + set.id() + ", encrypted, ");
  }

  @Test
  void loadShouldReportThatItsSafetyBackupIsEncrypted() throws Exception {
    portal.loaded(profile(1), user(1));
    BackupSet set = plain.set(plain.dump());
    var replace = LoadRequest.of(set.id(), List.of(), LoadMode.REPLACE);

    assertThat(done(replace).safetyBackupEncrypted()).isTrue();
    assertThat(plain.load(replace).report(LoadReport.class).safetyBackupEncrypted()).isFalse();
  }

  /** As an upload without a manifest makes it. */
  @Test
  void encryptedFileOfAForeignSetShouldBeLoaded() throws Exception {
    byte[] encrypted = encrypt(fixture(user(1)).getBytes(UTF_8));
    String id;
    try (StagedSet set = portal.sets.stage(Instant.now(), Runnable::run)) {
      id = set.id();
      try (StagedFile file = set.create("users.json.age")) {
        file.write(encrypted);
        file.finish();
      }
      set.publish(
          Manifest.foreign(
              id,
              Instant.now(),
              Map.of("users.json.age", (long) encrypted.length),
              Map.of("users.json.age", Sha256.hex(encrypted))),
          false);
    }

    assertThat(done(request(id, LoadMode.MERGE, KEY.identity())).created()).isEqualTo(1);

    Files.write(portal.sets.folder().resolve(id).resolve("users.json.age"), encrypt(new byte[3]));
    assertThat(portal.refused(request(id, LoadMode.MERGE, KEY.identity()))).hasSize(1);
  }

  @Test
  void identityShouldNotBeKeptOrLogged() throws Exception {
    List<String> logged = new ArrayList<>();
    Handler handler = collect(logged);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      BackupSet set = portal.set(portal.dump());
      LoadRequest request = request(set.id(), LoadMode.MERGE, KEY.identity());
      assertThat(request.toString()).doesNotContain("AGE-SECRET-KEY");

      Run run = portal.load(request);

      assertThat(run.state()).isEqualTo(RunState.DONE);
      assertThatThrownBy(() -> Identity.requireValid(request.identity()))
          .hasMessageContaining("contains");
      assertThat(JsonBinding.toJson(request) + JsonBinding.toJson(run.report()))
          .doesNotContain("AGE-SECRET-KEY");
      assertThat(portal.select("SELECT r::text FROM fixtures.run r"))
          .isNotEmpty()
          .noneMatch(row -> row.contains("AGE-SECRET-KEY"));
    } finally {
      root.removeHandler(handler);
    }
    assertThat(logged).noneMatch(line -> line.contains("AGE-SECRET-KEY"));
  }

  private static Handler collect(List<String> logged) {
    return new Handler() {
      @Override
      public synchronized void publish(LogRecord line) {
        logged.add(new SimpleFormatter().format(line));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static LoadRequest request(String from, LoadMode mode, String identity) {
    return loadFrom(from)
        .mode(mode)
        .identity(identity == null ? null : Identity.of(identity))
        .build();
  }

  private List<String> problems(LoadRequest request) throws IOException {
    return portal.loads.problems(request).stream().map(FixtureError::toString).toList();
  }

  private LoadReport done(LoadRequest request) throws Exception {
    Run run = portal.load(request);
    assertThat(run.errors()).isEmpty();
    return run.report(LoadReport.class);
  }

  /** Some files are refused before a run is started, others when they are read. */
  private void refuse(LoadRequest request) throws Exception {
    try {
      Run run = portal.load(request);
      assertThat(run.state()).isEqualTo(RunState.FAILED);
      assertThat(run.errors().get(0).toString()).startsWith("users.json.age:");
    } catch (InvalidRequestException e) {
      assertThat(e).hasMessageContaining("users.json.age");
    }
  }

  private static byte[] encrypt(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out = Recipients.parse(KEY.recipient()).encrypt(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static Fixture.Item[] users(int number) {
    return Stream.iterate(1, key -> key + 1)
        .limit(number)
        .map(key -> user(key))
        .toArray(Fixture.Item[]::new);
  }

  private static void copy(String file, BackupSet from, BackupSet to) throws IOException {
    Files.write(to.folder().resolve(file), Files.readAllBytes(from.folder().resolve(file)));
  }

  private static long bytes(DumpReport report, String file) {
    return report.files().stream().filter(one -> one.name().equals(file)).findFirst().get().bytes();
  }

  private static List<String> names(BackupSet set) throws IOException {
    try (Stream<Path> files = Files.list(set.folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

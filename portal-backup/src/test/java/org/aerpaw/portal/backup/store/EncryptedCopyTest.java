package org.aerpaw.portal.backup.store;

import static org.aerpaw.portal.backup.Fixture.profile;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.aerpaw.portal.backup.LoadRequestBuilder.loadFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.encryption.AgeKeys;
import org.aerpaw.portal.backup.encryption.EncryptionSettings;
import org.aerpaw.portal.backup.encryption.EncryptionSettings.Scope;
import org.aerpaw.portal.backup.encryption.Identity;
import org.aerpaw.portal.backup.encryption.Recipients;
import org.aerpaw.portal.backup.retention.RetentionRules;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.status.HealthReport;
import org.aerpaw.portal.backup.store.contents.StoreSettings;
import org.aerpaw.portal.backup.store.transfer.CopyReport;
import org.aerpaw.portal.backup.store.transfer.CopyReport.CopiedFile;
import org.aerpaw.portal.backup.store.transfer.EncryptedCopies;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies that are encrypted although the sets of the server are not. */
@ExtendWith(TestPortalExtension.class)
class EncryptedCopyTest {

  private static final AgeKeys KEY = AgeKeys.generate();
  private static final AgeKeys OTHER = AgeKeys.generate();

  @TempDir Path folder;
  private final TestPortal plain;
  private TestPortal portal;
  private Instant now = Instant.now();

  EncryptedCopyTest(TestPortal plain) {
    this.plain = plain;
  }

  @BeforeEach
  void encryptCopies() throws Exception {
    plain.loaded(profile(1), user(1).with("first_name", "Ada"), user(2));
    portal = withEncryption(Scope.COPIES, KEY);
  }

  private TestPortal withEncryption(Scope scope, AgeKeys key) {
    return plain
        .withEncryption(new EncryptionSettings(scope, Recipients.parse(key.recipient())))
        .withStore(store(), () -> now);
  }

  private StoreSettings store() {
    return new StoreSettings(
        folder.toUri(), Optional.empty(), RetentionRules.keepLast(2, ZoneOffset.UTC));
  }

  @Test
  void onlyTheCopyShouldBeEncrypted() throws Exception {
    BackupSet set = portal.set(portal.dump());

    tickUntilIdle();

    assertThat(set.manifest().files()).containsKey("users.json");
    assertThat(set.damagedFiles()).isEmpty();
    assertThat(stored(set))
        .contains("users.json.gz.age", Manifest.ENCRYPTED_FILE, Manifest.FILE)
        .allMatch(name -> name.endsWith(".json.gz.age") || name.startsWith(Manifest.FILE));
    assertThat(Files.readString(folder.resolve(set.id()).resolve(Manifest.FILE)))
        .contains(KEY.recipient())
        .doesNotContain("aerpawuser");
    assertThat(portal.engine.store().list().sets())
        .extracting(
            StoreList.CopyEntry::id,
            StoreList.CopyEntry::complete,
            StoreList.CopyEntry::encrypted,
            StoreList.CopyEntry::objects)
        .containsExactly(tuple(set.id(), true, true, null));
    assertThat(check().status()).isEqualTo(HealthReport.Status.PASS);
    assertThat(begun()).isEmpty();
  }

  @Test
  void identityShouldRestoreAFetchedCopyOnAnotherServer(@TempDir Path elsewhere) throws Exception {
    BackupSet set = portal.set(portal.dump());
    assertThat(portal.verify(set).errors()).isEmpty();
    tickUntilIdle();
    try (TestPortal empty = TestPortal.migrated(elsewhere).withStore(store(), () -> now)) {
      assertThat(empty.engine.store().fetchAndWait("latest", "ada").errors()).isEmpty();
      assertThat(empty.verify(empty.sets.latest().orElseThrow()).errors()).isEmpty();

      Run load = empty.load(loadFrom("latest").identity(Identity.of(KEY.identity())).build());

      assertThat(load.errors()).isEmpty();
      assertThat(DatabaseContent.of(empty.database).asFixturesShowIt())
          .isEqualTo(DatabaseContent.of(portal.database).asFixturesShowIt());
    }
  }

  @Test
  void interruptedCopyShouldBeContinuedWithTheSameBytes() throws Exception {
    BackupSet set = portal.set(portal.dump());
    BackupSet encrypted = encrypt(set);
    Path copy = Files.createDirectory(folder.resolve(set.id()));
    Files.copy(encrypted.folder().resolve("users.json.gz.age"), copy.resolve("users.json.gz.age"));
    byte[] credentials = Files.readAllBytes(encrypted.folder().resolve("credentials.json.gz.age"));

    tickUntilIdle();

    assertThat(lastCopy().files())
        .filteredOn(CopiedFile::present)
        .extracting(CopiedFile::name)
        .containsExactly("users.json.gz.age");
    assertThat(copy.resolve("credentials.json.gz.age")).hasBinaryContent(credentials);
    assertFetchable(set);
    assertThat(begun()).isEmpty();
  }

  /** What an interruption can leave when the setting was changed or files were lost. */
  enum Leftover {
    PLAIN_FILE_IN_THE_STORE,
    ENCRYPTED_FILE_IN_THE_STORE,
    OTHER_RECIPIENTS,
    MISSING_ENCRYPTED_FILE,
    CHANGED_ENCRYPTED_FILE,
    DAMAGED_MANIFEST
  }

  @ParameterizedTest
  @EnumSource
  void copyThatCannotBeContinuedShouldBeginAnew(Leftover leftover) throws Exception {
    BackupSet set = portal.set(portal.dump());
    Path copy = Files.createDirectory(folder.resolve(set.id()));
    switch (leftover) {
      case PLAIN_FILE_IN_THE_STORE ->
          Files.copy(set.folder().resolve("users.json"), copy.resolve("users.json"));
      case ENCRYPTED_FILE_IN_THE_STORE -> {
        copyUsers(encrypt(set), copy);
        begunCatalog().remove(set.id());
      }
      case OTHER_RECIPIENTS -> {
        copyUsers(encrypt(set), copy);
        portal = withEncryption(Scope.COPIES, OTHER);
      }
      case MISSING_ENCRYPTED_FILE -> {
        copyUsers(encrypt(set), copy);
        Files.delete(begunFile(set, "users.json.gz.age"));
      }
      case CHANGED_ENCRYPTED_FILE -> {
        copyUsers(encrypt(set), copy);
        byte[] bytes = Files.readAllBytes(begunFile(set, "credentials.json.gz.age"));
        bytes[bytes.length - 1] ^= 1;
        Files.write(begunFile(set, "credentials.json.gz.age"), bytes);
      }
      case DAMAGED_MANIFEST -> {
        copyUsers(encrypt(set), copy);
        Files.writeString(begunFile(set, Manifest.FILE), "{");
      }
    }

    tickUntilIdle();

    assertThat(lastCopy().files()).noneMatch(CopiedFile::present);
    assertThat(stored(set)).contains("users.json.gz.age").doesNotContain("users.json");
    assertFetchable(set);
    assertThat(begun()).isEmpty();
  }

  @Test
  void copyThatIsThereShouldOnlyBeCompared() throws Exception {
    BackupSet set = portal.set(portal.dump());
    tickUntilIdle();
    byte[] users = Files.readAllBytes(folder.resolve(set.id()).resolve("users.json.gz.age"));

    Run again = portal.engine.store().copyAndWait(set, "ada");

    assertThat(again.errors()).isEmpty();
    assertThat(again.report(CopyReport.class).files())
        .hasSize(stored(set).size())
        .allMatch(CopiedFile::present);
    assertThat(folder.resolve(set.id()).resolve("users.json.gz.age")).hasBinaryContent(users);
    assertThat(begun()).isEmpty();
  }

  @Test
  void damagedCopyShouldStayAndBeReported() throws Exception {
    BackupSet set = portal.set(portal.dump());
    tickUntilIdle();
    Path users = folder.resolve(set.id()).resolve("users.json.gz.age");
    byte[] content = Files.readAllBytes(users);
    content[content.length - 1] ^= 1;
    Files.write(users, content);
    assertThat(portal.engine.store().copyAndWait(set, "ada").errors())
        .hasToString("[" + damaged(set, "the sha256 differs from the manifest") + "]");
    Files.delete(users);

    now = now.plus(Duration.ofHours(2));
    tickUntilIdle();

    assertThat(copies().get(0).errors()).hasToString("[" + damaged(set, "it is missing") + "]");
    assertThat(begun()).isEmpty();
  }

  private static String damaged(BackupSet set, String problem) {
    return ("the copy of the set %s in the store is damaged (users.json.gz.age: %s) and cannot be"
            + " repaired; delete it there; the set will then be copied again")
        .formatted(set.id(), problem);
  }

  @Test
  void olderCopyThatIsNotEncryptedShouldStayWithAWarning() throws Exception {
    portal = plain.withStore(store(), () -> now);
    BackupSet set = portal.set(portal.dump());
    tickUntilIdle();
    portal = withEncryption(Scope.COPIES, KEY);

    Run again = portal.engine.store().copyAndWait(set, "ada");

    assertThat(again.report(CopyReport.class).warnings())
        .containsExactly(
            "the copy is not encrypted: it was made before PORTAL_ENCRYPT was set; to replace it,"
                + " delete it in the store");
    assertThat(stored(set)).contains("users.json").doesNotContain("users.json.gz.age");
  }

  @Test
  void encryptedCopyShouldStayWhenCopiesAreNoLongerEncrypted() throws Exception {
    BackupSet set = portal.set(portal.dump());
    tickUntilIdle();
    portal = plain.withStore(store(), () -> now);

    assertThat(portal.engine.store().copyAndWait(set, "ada").errors()).isEmpty();

    assertThat(stored(set)).contains("users.json.gz.age").doesNotContain("users.json");
  }

  @Test
  void setsFromBeforeTheSettingShouldBeEncryptedAndEncryptedOnesCopiedAsTheyAre() throws Exception {
    BackupSet older = plain.set(plain.dump());
    portal = withEncryption(Scope.ALL, KEY);
    BackupSet encrypted = portal.set(portal.dump());

    tickUntilIdle();

    assertThat(stored(older)).contains("users.json.gz.age").doesNotContain("users.json");
    assertThat(folder.resolve(encrypted.id()).resolve("users.json.gz.age"))
        .hasSameBinaryContentAs(encrypted.folder().resolve("users.json.gz.age"));
  }

  @Test
  void retentionOfTheStoreShouldDeleteEncryptedCopiesAndWhatWasBegun() throws Exception {
    BackupSet first = portal.set(portal.dump());
    BackupSet second = portal.set(portal.dump());
    tickUntilIdle();
    encrypt(first);

    BackupSet third = portal.set(portal.dump());
    tickUntilIdle();

    assertThat(portal.engine.store().list().sets())
        .extracting(StoreList.CopyEntry::id)
        .containsExactly(third.id(), second.id());
    assertThat(lastCopy().deletedCopies()).containsExactly(first.id());
    assertThat(begun()).isEmpty();
  }

  @Test
  void changedFileShouldNotBeEncrypted() throws Exception {
    BackupSet set = portal.set(portal.dump());
    Path users = set.folder().resolve("users.json");
    Files.writeString(users, Files.readString(users).replace("Ada", "Eve"));

    tickUntilIdle();

    assertThat(copies().get(0).errors())
        .hasToString(
            "[file error: users.json of the set "
                + set.id()
                + " differs from its manifest, so the set cannot be encrypted]");
    assertThat(portal.engine.store().list().sets()).isEmpty();
    assertThat(begun()).isEmpty();
  }

  private BackupSet encrypt(BackupSet set) throws IOException {
    return new EncryptedCopies(Optional.of(Recipients.parse(KEY.recipient())), portal.sets)
        .encrypt(set, progress -> {});
  }

  private static void copyUsers(BackupSet from, Path copy) throws IOException {
    String name = "users.json.gz.age";
    Files.copy(from.folder().resolve(name), copy.resolve(name));
  }

  private BackupCatalog begunCatalog() {
    return new BackupCatalog(portal.sets.folder().resolve(".copies"));
  }

  private Path begunFile(BackupSet set, String name) {
    return begunCatalog().folder().resolve(set.id()).resolve(name);
  }

  /** What is left of encrypted files on this server. */
  private List<Path> begun() throws IOException {
    Path begun = begunCatalog().folder();
    if (!Files.exists(begun)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(begun)) {
      return entries.toList();
    }
  }

  private void assertFetchable(BackupSet set) throws Exception {
    assertThat(portal.engine.store().list().incomplete()).isEmpty();
    portal.sets.remove(set.id());
    assertThat(portal.engine.store().fetchAndWait(set.id(), "ada").errors()).isEmpty();
    assertThat(portal.sets.find(set.id()).orElseThrow().verifyFiles()).isEmpty();
  }

  private Set<String> stored(BackupSet set) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(set.id()))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private void tickUntilIdle() throws Exception {
    int before;
    do {
      before = copies().size();
      portal.engine.store().tick();
      await().until(() -> portal.runs.inProgress().isEmpty());
    } while (copies().size() > before);
  }

  private List<Run> copies() throws Exception {
    return portal.runs.newest(100).stream().filter(run -> run.kind() == RunKind.COPY).toList();
  }

  private CopyReport lastCopy() throws Exception {
    Run last = copies().get(0);
    assertThat(last.errors()).isEmpty();
    assertThat(last.state()).isEqualTo(RunState.DONE);
    return last.report(CopyReport.class);
  }

  private HealthReport.Check check() throws IOException {
    return portal.engine.status().health().checks().get("copy:age").get(0);
  }
}

package org.aerpaw.portal.backup.store;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.aerpaw.portal.backup.store.CopyState.State.COPIED;
import static org.aerpaw.portal.backup.store.CopyState.State.PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Pin;
import org.aerpaw.portal.backup.catalog.VerificationResult;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.masking.MaskingSettings;
import org.aerpaw.portal.backup.retention.RetentionRules;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.schedule.CronSchedule;
import org.aerpaw.portal.backup.schedule.ScheduleSettings;
import org.aerpaw.portal.backup.status.HealthReport;
import org.aerpaw.portal.backup.store.contents.StoreSettings;
import org.aerpaw.portal.backup.store.transfer.CopyReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is copied when, what becomes of failures, and what comes back. */
@ExtendWith(TestPortalExtension.class)
class StoreServiceTest {

  @TempDir Path folder;
  private final TestPortal plain;
  private TestPortal portal;
  private Instant now = Instant.now();

  StoreServiceTest(TestPortal plain) {
    this.plain = plain;
  }

  @BeforeEach
  void openStore() throws Exception {
    plain.insert("users_aerpawuser", "id", 1, "username", "ann");
    portal = withStore(10);
  }

  private TestPortal withStore(int keepLast) {
    return plain.withStore(store(keepLast), () -> now);
  }

  private StoreSettings store(int keepLast) {
    return new StoreSettings(
        folder.toUri(), Optional.empty(), RetentionRules.keepLast(keepLast, ZoneOffset.UTC));
  }

  @Test
  void everyDumpShouldBeCopiedOnce() throws Exception {
    BackupSet first = portal.set(portal.dump());
    assertThat(copyState(first)).extracting(CopyState::state).isEqualTo(PENDING);

    tickUntilIdle();

    assertThat(copyState(first)).isEqualTo(new CopyState("default", COPIED, null));
    assertThat(sameFiles(first)).isTrue();
    BackupSet partial = portal.set(portal.dump("users.aerpawuser"));
    tickUntilIdle();
    assertThat(listed()).containsExactly(partial.id(), first.id());
    assertThat(copies()).extracting(Run::state).containsExactly(RunState.DONE, RunState.DONE);
  }

  @Test
  void safetyBackupShouldNotBeCopiedByItself() throws Exception {
    BackupSet set = portal.set(portal.dump());
    Run load = portal.load(LoadRequest.of(set.id(), List.of(), LoadMode.REPLACE));
    String safetyBackup = load.report(LoadReport.class).safetyBackup();
    tickUntilIdle();
    assertThat(listed()).containsExactly(set.id());

    Run copy =
        portal.engine.store().copyAndWait(portal.sets.find(safetyBackup).orElseThrow(), "a test");

    assertThat(copy.state()).isEqualTo(RunState.DONE);
    assertThat(listed()).containsExactly(safetyBackup, set.id());
  }

  @Test
  void maskedSetShouldBeCopiedOnRequestOnlyAndNotBecomeTheNewest() throws Exception {
    var masking = new MaskingSettings(Path.of("../masks"), folder.resolve("key"), false);
    BackupSet masked =
        portal.set(portal.withMasking(masking).dump(dumpOf().mask("staging").build()));
    tickUntilIdle();
    assertThat(listed()).isEmpty();
    assertThat(portal.engine.store().copyAndWait(masked, "a test").errors()).isEmpty();
    portal.sets.remove(masked.id());

    assertThat(portal.engine.store().fetchAndWait(masked.id(), "a test").errors()).isEmpty();

    assertThat(portal.sets.find(masked.id())).contains(masked);
    assertThat(portal.sets.latestId()).isEmpty();
  }

  @Test
  void setWhoseVerificationFailedShouldNotBeCopied() throws Exception {
    BackupSet set = portal.set(portal.dump());
    set.saveVerification(new VerificationResult(now, "1", VerificationResult.Result.FAILED));
    tickUntilIdle();

    assertThat(listed()).isEmpty();
    assertThatThrownBy(() -> portal.engine.store().startCopy(set, "a test"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("its last verification failed");
  }

  @Test
  void scheduledSetShouldBeCopiedAfterItsVerification() throws Exception {
    var schedule =
        new ScheduleSettings(Optional.of(CronSchedule.parse("* * * * *", ZoneOffset.UTC)), true);
    portal = plain.withSchedule(schedule, () -> now).withStore(store(10), () -> now);
    portal.engine.schedule().tick();
    now = now.plus(Duration.ofMinutes(1));
    portal.engine.schedule().tick();
    await().until(() -> portal.runs.inProgress().isEmpty());

    tickUntilIdle();
    assertThat(listed()).as("before the verification").isEmpty();
    await()
        .until(
            () -> {
              portal.engine.schedule().tick();
              return portal.sets.latest().orElseThrow().verified().isPresent();
            });
    await().until(() -> portal.runs.inProgress().isEmpty());
    await()
        .until(
            () -> {
              tickUntilIdle();
              return !listed().isEmpty();
            });
  }

  @Test
  void interruptedCopyShouldBeContinued() throws Exception {
    BackupSet set = portal.set(portal.dump());
    Path copy = Files.createDirectory(folder.resolve(set.id()));
    Files.copy(set.folder().resolve("users.json"), copy.resolve("users.json"));
    Files.writeString(copy.resolve(".storing-1"), "[");
    assertThat(listed()).isEmpty();
    assertThat(portal.engine.store().list().incomplete())
        .containsEntry(set.id(), "the copy is incomplete (no manifest yet)");

    tickUntilIdle();

    assertThat(listed()).containsExactly(set.id());
    assertThat(sameFiles(set)).isTrue();
    CopyReport report = copies().get(0).report(CopyReport.class);
    assertThat(report.files())
        .filteredOn(CopyReport.CopiedFile::present)
        .extracting(CopyReport.CopiedFile::name)
        .containsExactly("users.json");
    assertThat(report.files().get(report.files().size() - 1).name()).isEqualTo(Manifest.FILE);
  }

  @Test
  void missingFileOfACopyShouldBeCopiedAgain() throws Exception {
    BackupSet set = portal.set(portal.dump());
    tickUntilIdle();
    Files.delete(folder.resolve(set.id()).resolve("users.json"));
    assertThat(portal.engine.store().list().incomplete())
        .containsEntry(set.id(), "users.json: it is missing");

    now = now.plus(Duration.ofMinutes(1));
    tickUntilIdle();

    assertThat(sameFiles(set)).isTrue();
  }

  @Test
  void otherFileInTheStoreShouldNotBeOverwritten() throws Exception {
    BackupSet set = portal.set(portal.dump());
    Path copy = Files.createDirectory(folder.resolve(set.id()));
    Files.writeString(copy.resolve("users.json"), "mine");

    tickUntilIdle();

    assertThat(copies().get(0).errors())
        .hasToString(
            "[users.json of the set "
                + set.id()
                + " already exists in the store with different content; it was not overwritten]");
    assertThat(copy.resolve("users.json")).hasContent("mine");
    assertThat(listed()).isEmpty();
  }

  @Test
  void changedFileShouldNotBeCopied() throws Exception {
    BackupSet set = portal.set(portal.dump());
    Path users = set.folder().resolve("users.json");
    Files.writeString(users, Files.readString(users).replace("ann", "bob"));

    tickUntilIdle();

    assertThat(copies().get(0).errors())
        .hasToString("[file error: users.json differs from the manifest of its set]");
    assertThat(copyState(set).error())
        .isEqualTo("file error: users.json differs from the manifest of its set");
    assertThat(listed()).isEmpty();
    assertThat(folder.resolve(set.id()).resolve("users.json")).doesNotExist();
  }

  @Test
  void retentionOfTheStoreShouldDeleteOlderCopiesAndNotCopyThemAgain() throws Exception {
    portal = withStore(2);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(0, portal.set(portal.dump()).id());
    }
    tickUntilIdle();
    assertThat(listed()).containsExactly(ids.get(0), ids.get(1));
    assertThat(copies()).hasSize(2);

    String newest = portal.set(portal.dump()).id();
    tickUntilIdle();

    assertThat(listed()).containsExactly(newest, ids.get(0));
    assertThat(copies()).hasSize(3);
    assertThat(copies().get(0).report(CopyReport.class).deletedCopies())
        .containsExactly(ids.get(1));
    assertThat(portal.sets.all()).as("sets on this server").hasSize(4);
  }

  @Test
  void pinnedSetShouldBeKeptInTheStoreToo() throws Exception {
    portal = withStore(1);
    BackupSet pinned = portal.set(portal.dump());
    pinned.savePin(new Pin("upgrade", "ada", now));
    BackupSet newest = portal.set(portal.dump());

    tickUntilIdle();

    assertThat(portal.engine.store().list().sets())
        .extracting(StoreList.CopyEntry::id)
        .containsExactly(newest.id(), pinned.id());
  }

  @Test
  void failedCopyShouldBePendingAndRetriedWithGrowingDelay() throws Exception {
    Path away = folder.resolveSibling(folder.getFileName() + "-away");
    Files.move(folder, away);
    BackupSet set = portal.set(portal.dump());

    tickUntilIdle();

    String reason = "a file or folder of the store does not exist; is its file system mounted?";
    assertThat(copies().get(0).errors()).extracting(FixtureError::reason).containsExactly(reason);
    assertThat(copyState(set)).isEqualTo(new CopyState("default", PENDING, reason));
    assertThat(folder).as("the directory of the missing mount").doesNotExist();
    HealthReport.Check check = check();
    assertThat(check.status()).isEqualTo(HealthReport.Status.WARN);
    assertThat(check.output())
        .isEqualTo(
            "the last copy to the store, or the last check of the store, failed; sets still to"
                + " be copied: 1; the store has not been read since the server started");

    for (int minutes : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      int before = copies().size();
      now = now.plus(Duration.ofMinutes(minutes)).minusSeconds(1);
      tickUntilIdle();
      assertThat(copies()).as("before %s minutes", minutes).hasSize(before);
      now = now.plusSeconds(1);
      tickUntilIdle();
      assertThat(copies()).as("after %s minutes", minutes).hasSize(before + 1);
    }
    assertThat(portal.dump().state()).isEqualTo(RunState.DONE);

    Files.move(away, folder);
    now = now.plus(Duration.ofHours(1));
    tickUntilIdle();

    assertThat(listed()).hasSize(2);
    assertThat(copyState(set)).isEqualTo(new CopyState("default", COPIED, null));
    assertThat(check().status()).isEqualTo(HealthReport.Status.PASS);
  }

  @Test
  void storeThatCannotBeReadShouldBeReportedAlthoughEverySetIsCopied() throws Exception {
    portal.dump();
    tickUntilIdle();
    assertThat(check().status()).isEqualTo(HealthReport.Status.PASS);
    Files.move(folder, folder.resolveSibling(folder.getFileName() + "-away"));
    now = now.plus(Duration.ofHours(1));

    tickUntilIdle();

    assertThat(copies()).extracting(Run::state).containsExactly(RunState.DONE);
    assertThat(check().status()).isEqualTo(HealthReport.Status.WARN);
    assertThat(check().output())
        .startsWith(
            "the last copy to the store, or the last check of the store, failed; sets still to"
                + " be copied: 0; the newest backup in the store is ");
  }

  @Test
  void setThatCannotBeCopiedShouldNotHoldUpOthers() throws Exception {
    BackupSet older = portal.set(portal.dump());
    BackupSet conflicting = portal.set(portal.dump());
    Files.writeString(
        Files.createDirectory(folder.resolve(conflicting.id())).resolve("users.json"), "mine");

    tickUntilIdle();
    now = now.plus(Duration.ofMinutes(1));
    tickUntilIdle();

    assertThat(listed()).containsExactly(older.id());
  }

  @Test
  void otherServerShouldNotCopyAgain() throws Exception {
    BackupSet set = portal.set(portal.dump());
    TestPortal other = withStore(10);
    tickUntilIdle();

    other.engine.store().tick();
    await().until(() -> other.runs.inProgress().isEmpty());

    assertThat(copies()).hasSize(1);
    assertThat(other.engine.store().copies().get(set.id()).get(0).state()).isEqualTo(COPIED);
  }

  @Test
  void fetchedSetShouldBeTheSameAndPinned() throws Exception {
    BackupSet set = portal.set(portal.dump());
    tickUntilIdle();
    assertThatThrownBy(() -> portal.engine.store().startFetch(set.id(), "ada"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("is already on this server");
    portal.sets.remove(set.id());

    Run fetch = portal.engine.store().fetchAndWait(set.id(), "ada");

    assertThat(fetch.errors()).isEmpty();
    assertThat(fetch.kind()).isEqualTo(RunKind.FETCH);
    BackupSet fetched = portal.sets.latest().orElseThrow();
    assertThat(fetched).isEqualTo(set);
    assertThat(fetched.verifyFiles()).isEmpty();
    assertThat(fetched.pin().orElseThrow().by()).isEqualTo("ada");
  }

  @Test
  void olderSetShouldNotBecomeLatest() throws Exception {
    BackupSet older = portal.set(portal.dump());
    BackupSet newer = portal.set(portal.dump());
    tickUntilIdle();
    portal.sets.remove(older.id());

    portal.engine.store().fetchAndWait(older.id(), "ada");

    assertThat(portal.sets.all()).containsExactly(newer, older);
    assertThat(portal.sets.latest()).contains(newer);
  }

  @Test
  void damagedCopyShouldNotBeFetched() throws Exception {
    BackupSet set = portal.set(portal.dump());
    tickUntilIdle();
    portal.sets.remove(set.id());
    Path users = folder.resolve(set.id()).resolve("users.json");
    String sound = Files.readString(users);
    Files.writeString(users, sound.replace("ann", "bob"));

    Run changed = portal.engine.store().fetchAndWait(set.id(), "ada");
    Files.writeString(users, sound.substring(1));
    Run truncated = portal.engine.store().fetchAndWait(set.id(), "ada");
    Files.writeString(folder.resolve(set.id()).resolve(Manifest.FILE), "{}");
    Run unreadable = withStore(10).engine.store().fetchAndWait(set.id(), "ada");

    assertThat(changed.errors())
        .hasToString("[users.json in the store differs from the manifest of its set]");
    assertThat(truncated.errors().toString()).contains("cannot be fetched", "users.json: it has");
    assertThat(unreadable.errors().toString()).contains("the manifest is damaged");
    assertThat(portal.sets.all()).isEmpty();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void unknownSetShouldBeNamed() throws Exception {
    assertThat(portal.engine.store().fetchAndWait("latest", "ada").errors())
        .hasToString("[the store has no complete set]");
    assertThat(portal.engine.store().fetchAndWait("../x", "ada").errors())
        .hasToString("[the store has no set ../x]");
  }

  /**
   * Server state and dump folder are gone; only the store is left, and a database with nothing but
   * the roles that every start loads.
   */
  @Test
  void dataShouldComeBackFromTheStoreAlone(@TempDir Path elsewhere) throws Exception {
    plain.withDjangoSet();
    assertThat(portal.load().errors()).isEmpty();
    BackupSet set = portal.set(portal.dump());
    tickUntilIdle();
    try (TestPortal empty = TestPortal.migrated(elsewhere).withStore(store(10), () -> now)) {
      empty.withFixture(plain.fixtures.resolve("aerpaw_roles.json"));
      assertThat(empty.load().errors()).isEmpty();
      assertThat(empty.engine.store().fetchAndWait("latest", "ada").errors()).isEmpty();
      assertThat(empty.load("dumpdata").errors()).isEmpty();

      BackupSet again = empty.set(empty.dump());

      assertThat(again.manifest().files().keySet()).isEqualTo(set.manifest().files().keySet());
      for (String file : set.manifest().files().keySet()) {
        assertThat(again.folder().resolve(file)).hasSameBinaryContentAs(set.folder().resolve(file));
      }
    }
  }

  @Test
  void invalidLocationsShouldBeRefused() {
    for (String location :
        List.of(
            "s3:///x", "s3://a:b@c/d", "file://host/x", "file:///", "http://x/y", "x", "s3:x")) {
      assertThatThrownBy(() -> new StoreSettings(URI.create(location), Optional.empty(), null))
          .as(location)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(StoreSettings.ALLOWED_LOCATIONS);
    }
  }

  /** Calls the service as a server does, until nothing more begins. */
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

  private CopyState copyState(BackupSet set) throws IOException {
    return portal.engine.store().copies().get(set.id()).get(0);
  }

  private HealthReport.Check check() throws IOException {
    return portal.engine.status().health().checks().get("copy:age").get(0);
  }

  private List<String> listed() throws IOException {
    return portal.engine.store().list().sets().stream().map(StoreList.CopyEntry::id).toList();
  }

  private boolean sameFiles(BackupSet set) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(set.id()))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.mismatch(file, set.folder().resolve(file.getFileName().toString())) >= 0) {
          return false;
        }
      }
    }
    try (Stream<Path> files = Files.list(folder.resolve(set.id()))) {
      return files.count() == set.manifest().files().size() + 1;
    }
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(portal.sets.folder())) {
      return files.filter(file -> file.getFileName().toString().startsWith(".")).toList();
    }
  }
}

package org.aerpaw.portal.backup.retention;

import static org.aerpaw.portal.backup.catalog.VerificationResult.Result.FAILED;
import static org.aerpaw.portal.backup.catalog.VerificationResult.Result.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Pin;
import org.aerpaw.portal.backup.catalog.SampleSets;
import org.aerpaw.portal.backup.catalog.StagedSet;
import org.aerpaw.portal.backup.catalog.VerificationResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which sets are deleted when there are enough newer ones, and which never are. */
class RetentionServiceTest {

  @TempDir Path folder;
  private BackupCatalog sets;
  private RetentionService retention;
  private Instant now = SampleSets.MOMENT;

  @BeforeEach
  void openFolder() {
    sets = new BackupCatalog(folder);
    retention = keepLast(2);
  }

  private RetentionService keepLast(int number) {
    return new RetentionService(sets, RetentionRules.keepLast(number, ZoneOffset.UTC), () -> now);
  }

  @Test
  void setsBeyondTheNewestShouldBeDeleted() throws Exception {
    publish(5);

    assertThat(applyRetention()).containsExactly(id(2), id(1), id(0));
    assertThat(ids()).containsExactly(id(4), id(3));
    assertThat(applyRetention()).isEmpty();
    assertNothingHidden();
  }

  @Test
  void nothingShouldBeDeletedUpToTheNumberOfKeptSets() throws Exception {
    publish(2);

    assertThat(applyRetention()).isEmpty();
    assertThat(ids()).hasSize(2);
  }

  @Test
  void newestVerifiedSetShouldStay() throws Exception {
    publish(6);
    keep(0, PASSED);
    keep(1, PASSED);
    keep(2, FAILED);

    assertThat(applyRetention()).containsExactly(id(3), id(2), id(0));
    assertThat(ids()).containsExactly(id(5), id(4), id(1));
  }

  @Test
  void verifiedSetShouldGoWhenANewerOneIsVerified() throws Exception {
    publish(4);
    keep(0, PASSED);
    keep(3, PASSED);

    assertThat(applyRetention()).containsExactly(id(1), id(0));
  }

  @Test
  void targetOfLatestShouldStayHoweverOldItIs() throws Exception {
    publish(4);
    Files.delete(folder.resolve("latest"));
    Files.createSymbolicLink(folder.resolve("latest"), Path.of(id(0)));

    assertThat(applyRetention()).containsExactly(id(1));
    assertThat(sets.latest()).isPresent();
  }

  /** L51: a load from an old set may make a new one first. */
  @Test
  void setInUseShouldStayUntilItIsReleased() throws Exception {
    publish(4);
    Path link = Files.createSymbolicLink(folder.resolve("mine"), Path.of(id(0), "users.json"));

    try (var reservation = sets.reserve(List.of(link));
        var again = sets.reserve(List.of(folder.resolve(id(0)).resolve("users.json")))) {
      again.close();
      assertThat(applyRetention()).containsExactly(id(1));
    }
    assertThat(applyRetention()).containsExactly(id(0));
  }

  @Test
  void directoriesThatAreNoSetsShouldStay() throws Exception {
    publish(3);
    Path broken = Files.createDirectory(folder.resolve("20200101T000000.000Z"));
    Files.writeString(broken.resolve("manifest.json"), "{}");
    Files.createDirectory(folder.resolve("mine"));

    assertThat(applyRetention()).containsExactly(id(0));
    assertThat(broken.resolve("manifest.json")).exists();
    assertThat(folder.resolve("mine")).exists();
  }

  @Test
  void filesCarriedForwardToNewerSetsShouldStay() throws Exception {
    publish(1);
    BackupSet old = sets.find(id(0)).orElseThrow();
    for (int i = 0; i < 2; i++) {
      try (StagedSet set = sets.stage(SampleSets.MOMENT, Runnable::run)) {
        set.link(old, "users.json");
        set.publish(
            new Manifest(
                Manifest.FORMAT,
                set.id(),
                true,
                false,
                false,
                null,
                old.manifest().versions(),
                "0/0",
                null,
                old.manifest().files(),
                List.of(),
                old.manifest().referencedIdentities(),
                null),
            true);
      }
    }

    assertThat(applyRetention()).containsExactly(id(0));
    assertThat(sets.find(id(2)).orElseThrow().verifyFiles()).isEmpty();
    assertThat(folder.resolve("users.json")).hasContent("[\n]\n");
  }

  @Test
  void remainsOfADeletionShouldBeNoSetAndBeDeletedByTheNextDump() throws Exception {
    publish(1);
    Files.createDirectory(folder.resolve(".removed-5e1d"));
    Files.writeString(folder.resolve(".removed-5e1d/users.json"), "[]");
    assertThat(ids()).containsExactly(id(0));

    publish(1);

    assertNothingHidden();
  }

  @Test
  void pinnedSetShouldStayUntilThePinIsRemoved() throws Exception {
    publish(4);
    BackupSet pinned = sets.find(id(0)).orElseThrow();
    pinned.savePin(new Pin("before upgrade", "an operator", SampleSets.MOMENT));

    assertThat(applyRetention()).containsExactly(id(1));
    assertThat(reasons(0)).containsExactly("pinned: before upgrade");
    assertThat(pinned.verifyFiles()).isEmpty();

    pinned.removePin();
    assertThat(applyRetention()).containsExactly(id(0));
  }

  @Test
  void pinThatIsDamagedShouldStillProtectItsSet() throws Exception {
    publish(3);
    Files.writeString(folder.resolve(id(0)).resolve("pinned.json"), "{");

    assertThat(applyRetention()).isEmpty();
    assertThat(reasons(0)).containsExactly("pinned: pinned.json is damaged");
  }

  @Test
  void damagedSetShouldStayAndNotTakeThePlaceOfAnother() throws Exception {
    publish(4);
    Files.delete(folder.resolve(id(2)).resolve("users.json"));

    assertThat(applyRetention()).containsExactly(id(0));
    assertThat(reasons(2)).containsExactly("damaged");
  }

  @Test
  void newestSetShouldStayWhateverItsKind() throws Exception {
    publish(3);
    SampleSets.publish(sets, false, false, "users.json");
    retention =
        new RetentionService(
            sets,
            new RetentionRules(2, 0, 0, 0, 0, 0, Duration.ZERO, 0, ZoneOffset.UTC),
            () -> now);

    assertThat(applyRetention()).containsExactly(id(0));
    assertThat(reasons(3)).containsExactly("newest");
    assertThat(reasons(2)).containsExactly("newest complete", "latest", "last 2");
  }

  @Test
  void partialSetsShouldHaveARuleOfTheirOwn() throws Exception {
    publish(1);
    for (int i = 0; i < 12; i++) {
      SampleSets.publish(sets, false, false, "users.json");
    }

    assertThat(applyRetention()).containsExactly(id(2), id(1));
    assertThat(reasons(0)).containsExactly("newest complete", "latest", "last 2");
  }

  @Test
  void safetyBackupShouldStayForAWeekWithoutTakingThePlaceOfAnother() throws Exception {
    publish(2);
    for (int i = 0; i < 5; i++) {
      SampleSets.publish(sets, true, true, "users.json");
    }

    assertThat(applyRetention()).isEmpty();
    now = SampleSets.MOMENT.plus(Duration.ofDays(8));
    assertThat(applyRetention()).containsExactly(id(5), id(4), id(3), id(2));
  }

  @Test
  void setThatCannotBeDeletedShouldBeAWarningAndNotStopTheOthers() throws Exception {
    publish(5);
    try (var undeletable = Undeletable.make(folder.resolve(id(1)))) {
      RetentionReport report = retention.apply();

      assertThat(report.warnings())
          .containsExactly("the set " + id(1) + " cannot be deleted; the server log says why");
      assertThat(report.sentences()).contains("deleted older sets: " + id(2) + ", " + id(0));
      publish(1);
    }
  }

  private void publish(int number) throws IOException {
    for (int i = 0; i < number; i++) {
      SampleSets.publish(sets, "users.json");
    }
  }

  /** Of the sets that {@link #publish} makes, from 0. */
  private static String id(int number) {
    return "20261122T093000.%03dZ".formatted(123 + number);
  }

  private void keep(int number, VerificationResult.Result result) throws IOException {
    sets.find(id(number))
        .orElseThrow()
        .saveVerification(new VerificationResult(SampleSets.MOMENT, "1", result));
  }

  /** The sets that were deleted; the plan before must have said so. */
  private List<String> applyRetention() throws IOException {
    RetentionReport plan = retention.plan();
    RetentionReport report = retention.apply();
    assertThat(report).isEqualTo(plan);
    return report.sets().stream()
        .filter(entry -> !entry.kept())
        .map(RetentionReport.Entry::set)
        .toList();
  }

  private List<String> reasons(int number) throws IOException {
    return retention.plan().sets().stream()
        .filter(entry -> entry.set().equals(id(number)))
        .flatMap(entry -> entry.reasons().stream())
        .toList();
  }

  private List<String> ids() throws IOException {
    return sets.all().stream().map(BackupSet::id).toList();
  }

  private void assertNothingHidden() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .noneMatch(name -> name.startsWith("."));
    }
  }
}

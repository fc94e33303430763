package org.aerpaw.portal.backup.catalog;

import static org.aerpaw.portal.backup.catalog.VerificationResult.Result.FAILED;
import static org.aerpaw.portal.backup.catalog.VerificationResult.Result.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which sets go when there are enough newer ones, and which never do. */
class RetentionTest {

  @TempDir Path folder;
  private BackupCatalog sets;

  @BeforeEach
  void openFolder() {
    sets = new BackupCatalog(folder, 2);
  }

  @Test
  void setsBeyondTheNewestShouldGo() throws Exception {
    publish(5);

    assertThat(applyRetention()).containsExactly(id(2), id(1), id(0));
    assertThat(ids()).containsExactly(id(4), id(3));
    assertThat(applyRetention()).isEmpty();
    assertNothingHidden();
  }

  @Test
  void asManySetsAsAreKeptShouldAllStay() throws Exception {
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
  void setThatLatestShowsShouldStayHoweverOldItIs() throws Exception {
    publish(4);
    Files.delete(folder.resolve("latest"));
    Files.createSymbolicLink(folder.resolve("latest"), Path.of(id(0)));

    assertThat(applyRetention()).containsExactly(id(1));
    assertThat(sets.latest()).isPresent();
  }

  @Test
  void setThatWasJustMadeShouldStayEvenIfItsMomentIsThatOfAnOldOne() throws Exception {
    publish(4);
    List<String> removed = new ArrayList<>();

    sets.applyRetention(id(1), removed::add);

    assertThat(removed).containsExactly(id(0));
  }

  /** L51: a load from an old set may make a new one first. */
  @Test
  void setThatIsHeldShouldStayUntilItIsLetGo() throws Exception {
    publish(4);
    Path link = Files.createSymbolicLink(folder.resolve("mine"), Path.of(id(0), "users.json"));

    try (var hold = sets.hold(List.of(link));
        var again = sets.hold(List.of(folder.resolve(id(0)).resolve("users.json")))) {
      again.close();
      assertThat(applyRetention()).containsExactly(id(1));
    }
    assertThat(applyRetention()).containsExactly(id(0));
  }

  @Test
  void whatIsNoSetShouldStay() throws Exception {
    publish(3);
    Path broken = Files.createDirectory(folder.resolve("20200101T000000.000Z"));
    Files.writeString(broken.resolve("manifest.json"), "{}");
    Files.createDirectory(folder.resolve("mine"));

    assertThat(applyRetention()).containsExactly(id(0));
    assertThat(broken.resolve("manifest.json")).exists();
    assertThat(folder.resolve("mine")).exists();
  }

  @Test
  void filesThatNewerSetsTookOverShouldStayTheirs() throws Exception {
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
                old.manifest().versions(),
                "0/0",
                old.manifest().files(),
                List.of(),
                old.manifest().referencedIdentities()),
            true);
      }
    }

    assertThat(applyRetention()).containsExactly(id(0));
    assertThat(sets.find(id(2)).orElseThrow().verifyFiles()).isEmpty();
    assertThat(folder.resolve("users.json")).hasContent("[\n]\n");
  }

  @Test
  void whatARemovalLeftShouldBeNoSetAndBeClearedByTheNextDump() throws Exception {
    publish(1);
    Files.createDirectory(folder.resolve(".removed-5e1d"));
    Files.writeString(folder.resolve(".removed-5e1d/users.json"), "[]");
    assertThat(ids()).containsExactly(id(0));

    publish(1);

    assertNothingHidden();
  }

  @Test
  void atLeastOneSetShouldBeKept() {
    assertThatThrownBy(() -> new BackupCatalog(folder, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least one set must be kept, not 0");
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

  /** As after the newest was made. */
  private List<String> applyRetention() throws IOException {
    List<String> removed = new ArrayList<>();
    sets.applyRetention(ids().get(0), removed::add);
    return removed;
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

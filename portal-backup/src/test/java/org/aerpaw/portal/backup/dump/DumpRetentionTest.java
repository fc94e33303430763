package org.aerpaw.portal.backup.dump;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.backup.Fixture;
import org.aerpaw.portal.backup.Interference;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.load.LoadService;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a dump removes, and says. */
@ExtendWith(TestPortalExtension.class)
class DumpRetentionTest {

  @Test
  void dumpShouldRemoveWhatIsTooOldAndSayWhat(TestPortal portal) throws Exception {
    BackupCatalog sets = new BackupCatalog(portal.sets.folder(), 2);
    BackupSet verified = portal.set(dump(portal, sets));
    assertThat(portal.verify(verified).errors()).isEmpty();
    BackupSet second = portal.set(dump(portal, sets));
    Run third = dump(portal, sets);
    assertThat(warnings(third)).noneMatch(note -> note.startsWith("removed"));

    Run fourth = dump(portal, sets);

    assertThat(warnings(fourth)).contains("deleted older sets: " + second.id());
    assertThat(portal.sets.all()).containsExactly(portal.set(fourth), portal.set(third), verified);
    assertThat(portal.sets.latest()).contains(portal.set(fourth));
  }

  @Test
  void dumpThatFailsShouldRemoveNothing(TestPortal portal) throws Exception {
    BackupCatalog sets = new BackupCatalog(portal.sets.folder(), 1);
    portal.dump();
    portal.dump();
    portal.insert("users_aerpawuser", "id", 9, "last_login", "infinity");

    assertThat(dump(portal, sets).errors()).isNotEmpty();

    assertThat(portal.sets.all()).hasSize(2);
  }

  /** L51 */
  @Test
  void setThatIsBeingLoadedShouldNotBeRemoved(TestPortal portal) throws Exception {
    BackupCatalog sets = new BackupCatalog(portal.sets.folder(), 1);
    portal.loaded(Fixture.user(1));
    BackupSet loaded = portal.set(portal.dump());
    BackupSet idle = portal.set(portal.dump());
    BackupSet newest = portal.set(portal.dump());
    List<String> removed = new ArrayList<>();
    var database =
        Interference.before(
            3, portal.database.dataSource(), () -> applyRetention(sets, newest, removed));

    Run load =
        new LoadService(
                database,
                portal.registry,
                portal.fixtures,
                sets,
                portal.runs,
                portal.dumps::dumpDetached)
            .loadNow(LoadRequest.of(loaded.id(), List.of(), LoadMode.MERGE), "a test");

    assertThat(load.errors()).isEmpty();
    assertThat(removed).containsExactly(idle.id());
    applyRetention(sets, newest, removed);
    assertThat(removed).containsExactly(idle.id(), loaded.id());
  }

  private static void applyRetention(BackupCatalog sets, BackupSet made, List<String> removed) {
    try {
      sets.applyRetention(made.id(), removed::add);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Run dump(TestPortal portal, BackupCatalog sets) throws Exception {
    return new DumpService(portal.database.dataSource(), portal.registry, sets, portal.runs)
        .dumpNow(dumpOf().build(), "a test");
  }

  private static List<String> warnings(Run dump) {
    return dump.report().warnings();
  }
}

package org.aerpaw.portal.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.aerpaw.portal.backup.Fixture;
import org.aerpaw.portal.backup.Interference;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.load.LoadService;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.retention.RetentionService;
import org.aerpaw.portal.backup.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a dump removes, and says. */
@ExtendWith(TestPortalExtension.class)
class DumpRetentionTest {

  @Test
  void dumpShouldDeleteOldSetsAndNameThem(TestPortal portal) throws Exception {
    portal = portal.withRetention(2);
    BackupSet verified = portal.set(portal.dump());
    assertThat(portal.verify(verified).errors()).isEmpty();
    BackupSet second = portal.set(portal.dump());
    Run third = portal.dump();
    assertThat(warnings(third)).noneMatch(warning -> warning.startsWith("deleted"));

    Run fourth = portal.dump();

    assertThat(warnings(fourth)).contains("deleted older sets: " + second.id());
    assertThat(portal.sets.all()).containsExactly(portal.set(fourth), portal.set(third), verified);
    assertThat(portal.sets.latest()).contains(portal.set(fourth));
  }

  @Test
  void failedDumpShouldDeleteNothing(TestPortal portal) throws Exception {
    portal.dump();
    portal.dump();
    portal = portal.withRetention(1);
    portal.insert("users_aerpawuser", "id", 9, "last_login", "infinity");

    assertThat(portal.dump().errors()).isNotEmpty();

    assertThat(portal.sets.all()).hasSize(2);
  }

  /** L51 */
  @Test
  void setThatIsBeingLoadedShouldNotBeRemoved(TestPortal portal) throws Exception {
    portal.loaded(Fixture.user(1));
    BackupSet loaded = portal.set(portal.dump());
    portal.dump();
    BackupSet newest = portal.set(portal.dump());
    portal = portal.withRetention(1);
    RetentionService retention = portal.engine.retention();

    Run load =
        new LoadService(
                Interference.before(3, portal.database.dataSource(), retention::apply),
                portal.registry,
                portal.fixtures,
                false,
                portal.sets,
                retention,
                portal.runs,
                portal.dumps::dumpSafetyBackup)
            .loadAndWait(LoadRequest.of(loaded.id(), List.of(), LoadMode.MERGE), "a test");

    assertThat(load.errors()).isEmpty();
    assertThat(portal.sets.all()).containsExactly(newest, loaded);
    retention.apply();
    assertThat(portal.sets.all()).containsExactly(newest);
  }

  private static List<String> warnings(Run dump) {
    return dump.report().warnings();
  }
}

package org.aerpaw.portal.backup.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Databases that can only be read, and tables that are not in the search path. */
@ExtendWith(TestPortalExtension.class)
class ReadOnlyDatabaseTest {

  private String reason;

  @BeforeEach
  void describe(TestPortal portal) {
    reason =
        "default_transaction_read_only is on; to change it: ALTER ROLE postgres IN DATABASE "
            + portal.database.name()
            + " SET default_transaction_read_only = off";
  }

  @Test
  void dumpsArePossibleAndTheirHistoryIsKept(TestPortal portal) throws Exception {
    portal.insert("auth_group", "id", 1, "name", "a");
    Run before = portal.dump();
    portal.database.set("default_transaction_read_only", "on");

    portal.engine.migration().migrate();
    Run dump = portal.dump("auth");

    assertThat(dump.errors()).isEmpty();
    assertThat(dump.state()).isEqualTo(RunState.DONE);
    TestPortal other = portal.otherInstance();
    assertThat(other.runs.find(dump.id())).contains(dump);
    assertThat(other.runs.newest(10)).extracting(Run::id).containsExactly(dump.id(), before.id());
    assertThat(other.runs.newest(1)).extracting(Run::id).containsExactly(dump.id());
    assertThat(portal.sets.all()).hasSize(2);
    assertThat(portal.sets.unreadable()).isEmpty();
  }

  @Test
  void databaseThatNeverHadOurOwnTablesCanBeDumped(TestPortal portal) throws Exception {
    portal.database.execute("DROP SCHEMA fixtures CASCADE");
    portal.database.set("default_transaction_read_only", "on");

    portal.engine.migration().migrate();
    Run dump = portal.dump();

    assertThat(dump.state()).isEqualTo(RunState.DONE);
    assertThat(portal.otherInstance().runs.newest(10))
        .extracting(Run::id)
        .containsExactly(dump.id());
  }

  @Test
  void loadsAndVerificationsAreRefusedWithTheReason(TestPortal portal) throws Exception {
    portal.withDjangoSet();
    var set = portal.set(portal.dump());
    portal.database.set("default_transaction_read_only", "on");

    assertThat(portal.load().errors()).hasToString("[nothing can be loaded: " + reason + "]");
    assertThat(portal.verify(set).errors())
        .hasToString("[the set could not be verified: " + reason + "]");
    assertThat(set.verified()).isEmpty();
  }

  @Test
  void runOfAServerThatEndedIsMarkedAsInterrupted(TestPortal portal) throws Exception {
    portal.database.set("default_transaction_read_only", "on");
    Run killed = portal.dump("auth");
    var file = portal.sets.folder().resolve(".runs").resolve(killed.id() + ".json");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"done\"", "\"running\""));

    portal.otherInstance().dump("auth");

    assertThat(portal.otherInstance().runs.find(killed.id()).orElseThrow().errors())
        .hasToString(
            "[the server stopped before the run finished; if ./portal sets lists a set"
                + " from the time of this run, it has all its files; otherwise none was made]");
  }

  @Test
  void tablesOutsideOfTheSearchPathAreNamedAndNoNewOnesAreCreated(TestPortal portal)
      throws Exception {
    portal.database.execute("ALTER SCHEMA public RENAME TO portal; CREATE SCHEMA public");

    assertThatThrownBy(() -> portal.engine.migration().migrate())
        .hasMessage(
            "the portal's tables are in schema portal, which is not in the search path; to change"
                + " that: ALTER ROLE postgres IN DATABASE %s SET search_path = portal, public"
                    .formatted(portal.database.name()));

    assertThat(portal.select("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        .containsExactly("0");
    portal.database.set("search_path", "portal");
    portal.engine.migration().migrate();
    assertThat(portal.dump().state()).isEqualTo(RunState.DONE);
  }
}

package org.aerpaw.portal.backup.load;

import static org.aerpaw.portal.backup.Fixture.group;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.aerpaw.portal.backup.LostCommit;
import org.aerpaw.portal.backup.LostCommit.Loss;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** L41: the connection is lost during the commit, when its outcome is unknown to the client. */
@ExtendWith(TestPortalExtension.class)
class LostCommitTest {

  private static final String GROUPS = "SELECT name FROM auth_group";

  @Test
  void committedLoadShouldSucceedAlthoughTheResponseWasLost(TestPortal portal) throws Exception {
    Run run = loadOver(Loss.ANSWER, portal);

    assertThat(run.errors()).isEmpty();
    assertThat(run.state()).isEqualTo(RunState.DONE);
    assertThat(run.report(LoadReport.class).created()).isEqualTo(1);
    assertThat(portal.select(GROUPS)).containsExactly("a");
  }

  @Test
  void loadShouldFailIfItsCommitDidNotReachTheDatabase(TestPortal portal) throws Exception {
    Run run = loadOver(Loss.REQUEST, portal);

    assertThat(run.errors())
        .singleElement()
        .hasToString(
            "the database is unavailable: An I/O error occurred while sending to the backend.");
    assertThat(portal.select(GROUPS)).isEmpty();
    assertThat(portal.sets.all()).isEmpty();
  }

  @Test
  void loadShouldReportAnUnknownOutcomeIfTheServerIsUnavailable(TestPortal portal)
      throws Exception {
    Run run = loadOver(Loss.ANSWER_AND_SERVER, portal);

    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.errors())
        .singleElement()
        .hasToString(
            "the connection was lost during the commit, so it is unknown whether the changes were"
                + " committed; after a load, a dry run of the same load shows it: if they were, it"
                + " would change nothing");
    assertThat(portal.select(GROUPS)).containsExactly("a");
    assertThat(portal.sets.all()).as("safety backup").hasSize(1);
  }

  private static Run loadOver(Loss loss, TestPortal portal) throws Exception {
    portal.withFixture("a.json", group(1, "a"));
    try (var network = new LostCommit(portal.database, loss)) {
      return new LoadService(
              network.dataSource(),
              portal.registry,
              portal.fixtures,
              false,
              portal.sets,
              portal.engine.retention(),
              portal.runs,
              portal.dumps::dumpSafetyBackup)
          .loadAndWait(LoadRequest.of(LoadRequest.FIXTURES, List.of(), LoadMode.REPLACE), "a test");
    }
  }
}

package org.aerpaw.portal.backup.run;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.dump.DumpReport;
import org.aerpaw.portal.backup.dump.DumpRequest;
import org.aerpaw.portal.backup.run.execution.RunService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** D44: while one dump or load runs, no other is started, wherever it is asked for. */
@ExtendWith(TestPortalExtension.class)
class OneRunAtATimeTest {

  private static final DumpRequest ALL = dumpOf().build();

  private final CountDownLatch end = new CountDownLatch(1);

  @Test
  void secondDumpShouldBeRefusedNamingTheFirst(TestPortal portal) throws Exception {
    Run running = startOneThatWaits(portal);

    var refused =
        catchThrowableOfType(
            RunInProgressException.class, () -> portal.dumps.start(ALL, "someone else"));

    assertThat(refused.run()).map(Run::id).contains(running.id());
    assertThat(refused)
        .hasMessage(
            "another run is in progress: dump %s, started at %s by %s"
                .formatted(running.id(), running.started(), running.requestedBy()));
    end.countDown();
    awaitEnd(portal, running);
    assertThat(portal.runs.newest(10)).extracting(Run::id).containsExactly(running.id());
    assertThat(portal.sets.folder()).doesNotExist();
  }

  @Test
  void dumpOnAnotherInstanceShouldBeRefusedNamingTheRun(TestPortal portal) throws Exception {
    Run running = startOneThatWaits(portal);
    TestPortal other = portal.otherInstance();

    var refused =
        catchThrowableOfType(
            RunInProgressException.class, () -> other.dumps.start(ALL, "someone else"));

    assertThat(refused.run()).map(Run::id).contains(running.id());
    assertThat(other.runs.find(running.id()).orElseThrow().state()).isEqualTo(RunState.RUNNING);
    end.countDown();
    awaitEnd(portal, running);
  }

  @Test
  void dumpShouldStartOnceTheOtherHasEnded(TestPortal portal) throws Exception {
    Run running = startOneThatWaits(portal);
    end.countDown();
    awaitEnd(portal, running);

    Run dump = portal.dump("users");

    assertThat(dump.state()).isEqualTo(RunState.DONE);
    assertThat(portal.runs.newest(10)).extracting(Run::id).containsExactly(dump.id(), running.id());
  }

  @Test
  void dumpThatFailedShouldNotKeepOthersFromRunning(TestPortal portal) throws Exception {
    portal.insert("operations_canonicalnumber", "id", 1, "created", "infinity");
    assertThat(portal.dump().state()).isEqualTo(RunState.FAILED);

    assertThat(portal.dump("users").state()).isEqualTo(RunState.DONE);
  }

  /** Waits for the test's word, and in the end for nobody: no test may hang on it. */
  private Run startOneThatWaits(TestPortal portal) throws Exception {
    return portal.runs.start(
        RunKind.DUMP,
        "a test",
        progress -> {
          try {
            end.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new DumpReport(
              "", false, 0, List.of(), List.of(), null, List.of(), BigDecimal.ZERO);
        });
  }

  /** The history knows it only when the next may run. */
  private static void awaitEnd(TestPortal portal, Run run) {
    RunService elsewhere = portal.otherInstance().runs;
    await()
        .untilAsserted(
            () ->
                assertThat(elsewhere.find(run.id()).orElseThrow().state())
                    .isEqualTo(RunState.DONE));
  }
}

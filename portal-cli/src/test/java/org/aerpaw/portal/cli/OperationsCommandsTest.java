package org.aerpaw.portal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.aerpaw.portal.cli.FakePortal.Outcome;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands about retention, the schedule and the status. */
class OperationsCommandsTest {

  private static final String SCHEDULE =
      """
      {"expression": "15 3 * * *", "zone": "Europe/Berlin",
       "next": ["2026-11-30T02:15:00Z", "2026-12-01T02:15:00Z", "2026-12-02T02:15:00Z"],
       "last": {"due": "2026-11-29T02:15:00Z", "run": "7"},
       "missed": {"times": 2, "first": "2026-11-27T02:15:00Z", "last": "2026-11-28T02:15:00Z"},
       "paused": {"until": "2026-11-30T00:00:00Z", "reason": "an upgrade", "by": "ada"}}
      """;

  private FakePortal portal;

  @BeforeEach
  void start() throws IOException {
    portal = new FakePortal();
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  @Test
  void pinSendsTheReasonAndUnpinSaysWhatFollows() {
    String set = "{\"id\": \"s\", \"pinned\": %s, \"kept\": %s}";
    portal
        .answering("POST /api/sets/s/pin", 200, set.formatted("{\"reason\": \"why\"}", "[]"))
        .answering("DELETE /api/sets/s/pin", 200, set.formatted("null", "[]"));

    Outcome pinned = portal.run("pin", "s", "--reason", "why");
    Outcome unpinned = portal.run("unpin", "s");

    assertThat(pinned.out()).isEqualTo("set s is pinned: why\n");
    assertThat(unpinned.out())
        .isEqualTo("set s is no longer pinned; the next dump or replacing load deletes it\n");
    assertThat(portal.requests())
        .containsExactly("POST /api/sets/s/pin {\"reason\":\"why\"}", "DELETE /api/sets/s/pin");
  }

  @Test
  void maskedSetsAreMarked() {
    String set =
        """
        {"id": "s", "kept": ["last 10 masked"], "damages": {}, "manifest": {"complete": true,
          "mask": {"profile": "staging"}, "externalReferences": [], "files": {"users.json": {"bytes": 4,
            "snapshot": "2026-11-29T03:15:00Z", "models": {}}}}}
        """;
    portal
        .answering("GET /api/sets", 200, "{\"sets\": [" + set + "], \"unreadable\": {}}")
        .answering("GET /api/sets/s", 200, set);

    assertThat(portal.run("sets").out()).contains("masked (staging), last 10 masked");
    assertThat(portal.run("sets", "s").out())
        .contains("s (complete, masked by the profile staging)");
  }

  @Test
  void pinNeedsAReason() {
    Outcome outcome = portal.run("pin", "s");

    assertThat(outcome.status()).isEqualTo(ExitStatus.WRONG_USAGE);
    assertThat(outcome.err()).contains("--reason");
  }

  @Test
  void pruneSaysWhyEachSetIsKept() {
    String report =
        """
        {"sets": [{"set": "c", "kept": true, "reasons": ["newest", "daily 2026-11-29"]},
                  {"set": "b", "kept": true, "reasons": ["cannot be deleted"]},
                  {"set": "a", "kept": false, "reasons": []}], "warnings": [%s]}
        """;
    portal
        .answering("GET /api/retention", 200, report.formatted(""))
        .answering("POST /api/retention", 200, report.formatted("\"the set b cannot be deleted\""));

    Outcome plan = portal.run("prune", "--dry-run");
    Outcome done = portal.run("prune");

    assertThat(plan.status()).isEqualTo(ExitStatus.SUCCESS);
    assertThat(plan.out())
        .contains("c    kept: newest, daily 2026-11-29\n", "a    would be deleted\n");
    assertThat(done.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(done.out()).contains("a    deleted\n");
    assertThat(done.err()).isEqualTo("the set b cannot be deleted\n");
  }

  @Test
  void scheduleIsShownWithPauseAndGaps() {
    portal.answering("GET /api/schedule", 200, SCHEDULE);

    assertThat(portal.run("schedule").out())
        .isEqualTo(
            """
            schedule  15 3 * * * (Europe/Berlin)
            next      2026-11-30T02:15:00Z, 2026-12-01T02:15:00Z, 2026-12-02T02:15:00Z
            last      2026-11-29T02:15:00Z, run 7
            missed    2 dumps, from 2026-11-27T02:15:00Z to 2026-11-28T02:15:00Z because no server was running
            paused    until 2026-11-30T00:00:00Z by ada: an upgrade
            """);
  }

  @Test
  void scheduleIsPausedAndResumed() {
    portal
        .answering("POST /api/schedule/pause", 200, SCHEDULE)
        .answering("DELETE /api/schedule/pause", 200, SCHEDULE);

    assertThat(portal.run("schedule", "--pause", "2h", "--reason", "why").status())
        .isEqualTo(ExitStatus.SUCCESS);
    assertThat(portal.run("schedule", "--resume").status()).isEqualTo(ExitStatus.SUCCESS);

    assertThat(portal.requests().get(0))
        .matches("POST /api/schedule/pause \\{\"reason\":\"why\",\"until\":\"\\S+Z\"}");
    assertThat(portal.requests().get(1)).isEqualTo("DELETE /api/schedule/pause");
  }

  @Test
  void wrongPausesAreRefusedWithoutARequest() {
    for (String line :
        new String[] {
          "schedule --pause 2h",
          "schedule --reason why",
          "schedule --pause soon --reason why",
          "schedule --pause 2h --reason why --resume"
        }) {
      Outcome outcome = portal.run(line.split(" "));
      assertThat(outcome.status()).as(line).isEqualTo(ExitStatus.WRONG_USAGE);
      assertThat(outcome.err()).contains("--pause");
    }
    assertThat(portal.requests()).isEmpty();
  }

  @Test
  void statusSaysInOneLineWhetherBackupsAreHealthy() {
    String health =
        """
        {"status": "%s", "output": "%s", "lastBackup": "2026-11-29T02:15:00Z",
         "lastVerified": null, "nextBackup": "2026-11-30T02:15:00Z"}
        """;
    portal.answering("GET /api/health", 200, health.formatted("pass", ""));
    Outcome healthy = portal.run("status");
    assertThat(healthy.status()).isEqualTo(ExitStatus.SUCCESS);
    assertThat(healthy.out())
        .matches(
            "ok: last backup \\d+ \\w+ ago, no verification has passed, next"
                + " 2026-11-30T02:15:00Z\n");

    portal.answering("GET /api/health", 200, health.formatted("warn", "2 sets are damaged"));
    Outcome warning = portal.run("status");
    assertThat(warning.status().code()).isEqualTo(1);
    assertThat(warning.out()).startsWith("warning: 2 sets are damaged; last backup ");
    assertThat(warning.err()).isEmpty();
  }

  @Test
  void statusIsCriticalIfACheckFails() {
    portal.answering(
        "GET /api/health",
        503,
        "{\"status\": \"fail\", \"output\": \"there is no complete backup\"}");

    Outcome outcome = portal.run("status");

    assertThat(outcome.status().code()).isEqualTo(2);
    assertThat(outcome.out()).isEqualTo("critical: there is no complete backup\n");
  }

  @Test
  void statusIsUnknownIfNoPortalAnswers() {
    portal.answering("GET /api/health", 503, "down for maintenance");

    Outcome outcome = portal.run("status");

    assertThat(outcome.status().code()).isEqualTo(3);
    assertThat(outcome.out()).startsWith("unknown: ");
  }
}

package org.aerpaw.portal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.aerpaw.portal.cli.FakePortal.Outcome;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortalTest {

  private static final String APPS =
      """
      {"apps": [
        {"app": "auth", "dumped": false, "models": [{"model": "auth.group", "rows": 4}]},
        {"app": "users", "dumped": true, "models": [{"model": "users.aerpawuser", "rows": 2}]}]}
      """;
  private static final String SET =
      """
      {"id": "%s", "verified": %s, "kept": ["newest", "daily 2026-01-02"], "damages": {},
        "manifest": {"complete": true, "files": {
        "users.json": {"bytes": 1400, "snapshot": "2026-01-02T03:04:05Z",
          "models": {"users.aerpawuser": 2}},
        "auth.json": {"bytes": 100, "snapshot": "2026-01-01T00:00:00Z", "models": {"auth.group": 4}}},
        "externalReferences": [{"field": "users.aerpawuser.groups", "to": "auth.group", "references": 1}]}}
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

  private static String run(String state, String more) {
    return """
    {"id": "7", "kind": "dump", "state": "%s", "requestedBy": "admin token",\
     "started": "2026-01-01T00:00:00.5Z", "finished": "2026-01-01T00:00:02.75Z",\
     "progress": {"app": "users", "stage": "write", "objects": 1, "total": 2}%s}"""
        .formatted(state, more);
  }

  private static String events(String... runs) {
    var events = new StringBuilder();
    for (String run : runs) {
      events.append("event: any\ndata: ").append(run).append("\n\n");
    }
    return events.toString();
  }

  @Test
  void commandsAreListedWithoutArguments() {
    Outcome outcome = portal.run();
    assertThat(outcome.status()).isEqualTo(ExitStatus.SUCCESS);
    assertThat(outcome.out())
        .contains("serve", "dump", "load", "verify", "diff", "sets", "pin", "unpin", "prune")
        .contains("copy", "store", "upload")
        .contains("runs", "cancel", "schedule", "status", "completion");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "dump",
        "load",
        "verify",
        "diff",
        "sets",
        "pin",
        "unpin",
        "prune",
        "copy",
        "store",
        "upload",
        "runs",
        "cancel",
        "schedule",
        "status",
        "completion"
      })
  void helpOfEveryCommandHasAnExampleAndNeedsNoServer(String command) {
    Outcome outcome = portal.run(command, "--help");
    assertThat(outcome.status()).isEqualTo(ExitStatus.SUCCESS);
    assertThat(outcome.out())
        .startsWith("Usage: portal " + command)
        .containsPattern("Examples?:\n")
        .contains("./portal ");
    assertThat(portal.requests()).isEmpty();
  }

  @Test
  void completionScriptContainsCommandsAndOptions() {
    assertThat(portal.run("completion", "bash").out()).contains("_complete_portal", "--dry-run");
    assertThat(portal.run("completion", "fish").status()).isEqualTo(ExitStatus.WRONG_USAGE);
  }

  @Test
  void misspelledCommandAndOptionGetASuggestion() {
    Outcome command = portal.run("dmup");
    assertThat(command.status()).isEqualTo(ExitStatus.WRONG_USAGE);
    assertThat(command.err()).startsWith("Unknown command: dmup. Did you mean dump");
    Outcome option = portal.run("load", "--dry-rum");
    assertThat(option.status()).isEqualTo(ExitStatus.WRONG_USAGE);
    assertThat(option.err())
        .isEqualTo(
            "Unknown option: --dry-rum. Did you mean --dry-run?\nSee ./portal load --help.\n");
  }

  @ParameterizedTest
  @CsvSource({
    "dmup, dump",
    "laod, load",
    "vrify, verify",
    "set, sets",
    "completoin, completion",
    "dump --exlcude, --exclude",
    "dump --natural-foriegn=1, --natural-foreign",
    "load --mdoe, --mode",
    "serve --load-fixture, --load-fixtures"
  })
  void suggestionIsTheNameWithTheFewestTypingErrors(String line, String suggestion) {
    assertThat(portal.run(line.split(" ")).err()).contains(". Did you mean " + suggestion + "?\n");
  }

  @Test
  void nameUnlikeAllOthersGetsNoSuggestion() {
    assertThat(portal.run("frobnicate").err())
        .isEqualTo("Unknown command: frobnicate\nSee ./portal --help.\n");
  }

  @Test
  void thousandsOfObjectsCanBeNamed() {
    String keys = "1" + ", 2".repeat(9999);

    portal.run("load", "--objects", "users.aerpawuser:" + keys);

    assertThat(portal.requests())
        .singleElement()
        .asString()
        .contains("\"objects\":[\"users.aerpawuser:" + keys + "\"]");
  }

  @Test
  void wrongUsageReachesNoServer() {
    for (String line :
        List.of(
            "dump --nothing",
            "dump --indent",
            "load --mode append",
            "load --objects users:1,x",
            "load --objects users:1,",
            "load --objects users",
            "load --objects users.aerpawuser:1 --mode replace",
            "load --with owned",
            "load --rename users.aerpawuser",
            "load --rename a.b=",
            "load --rename a.b=c.d --rename a.b=e.f",
            "dump users --objects users.aerpawuser:1",
            "sets one two",
            "diff",
            "pin --reason why",
            "diff latest --field",
            "runs --follow=7",
            "serve --port 0",
            "serve nothing")) {
      Outcome outcome = portal.run(line.split(" "));
      assertThat(outcome.status()).as(line).isEqualTo(ExitStatus.WRONG_USAGE);
      assertThat(outcome.err()).as(line).contains("See ./portal ");
    }
    assertThat(portal.requests()).isEmpty();
  }

  @Test
  void missingServerIsReportedWithTheWayToStartOne() {
    portal.close();
    Outcome outcome = portal.run("sets");
    assertThat(outcome.status()).isEqualTo(ExitStatus.NO_SERVER);
    assertThat(outcome.err())
        .contains("No server is reachable at http://127.0.0.1:", "./portal serve");
  }

  @Test
  void serverThatIsNoPortalIsReported() {
    Outcome outcome = portal.answering("GET /api/sets", 200, "<html>").run("sets");
    assertThat(outcome.status()).isEqualTo(ExitStatus.NO_SERVER);
    assertThat(outcome.err()).contains("is not a portal");
  }

  @Test
  void wrongTokenIsReportedWithItsSetting() {
    Outcome outcome = portal.runWithToken("wrong", "runs");
    assertThat(outcome.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(outcome.err()).startsWith("Sign in.\n").contains("PORTAL_ADMIN_TOKEN");
  }

  @Test
  void loadSendsNewNamesByOldOnes() {
    portal
        .answering("POST /api/loads", 202, run("running", ""))
        .run("load", "--rename", "a.b=c.d", "--rename=a.b.x=c.d.y");

    assertThat(portal.requests().get(0))
        .contains("\"rename\":{\"a.b\":\"c.d\",\"a.b.x\":\"c.d.y\"}");
  }

  @Test
  void secondNewNameForAnOldOneIsRefusedWithTheOldOne() {
    assertThat(portal.run("load", "--rename", "a.b=c.d", "--rename", "a.b=e.f").err())
        .startsWith("--rename gives a.b two new names; it can have only one\n");
  }

  @Test
  void loadOfObjectsSendsThemAndPrintsWhyEachOfThemIsLoaded() {
    String report =
        ", \"report\": {\"dryRun\": true, \"objects\": 1, \"created\": 1, \"updated\": 0,"
            + " \"unchanged\": 0, \"deleted\": 0, \"files\": [], \"selection\": {\"objects\":"
            + " [{\"model\": \"users.aerpawuser\", \"pk\": 3, \"reason\": \"requested\"}],"
            + " \"more\": 2}, \"warnings\": [], \"seconds\": 0.250}";
    Outcome outcome =
        portal
            .answering("POST /api/loads", 202, run("running", ""))
            .answering(
                "GET /api/runs/7/events", 200, events(run("running", ""), run("done", report)))
            .run(
                "load",
                "--from=latest",
                "--objects=users.aerpawuser:3",
                "--with=owned",
                "--limit=5",
                "--dry-run");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.SUCCESS);
    assertThat(outcome.out()).startsWith("users.aerpawuser(pk=3): requested\n");
    assertThat(portal.requests().get(0))
        .contains("\"objects\":[\"users.aerpawuser:3\"]", "\"with\":\"owned\"", "\"limit\":5");
  }

  @Test
  void dumpOfObjectsPrintsWhyEachOfThemIsDumpedAndNeedsNoListOfApps() {
    String report =
        ", \"report\": {\"set\": \"s1\", \"objects\": 1, \"files\": [{\"name\": \"users.json\","
            + " \"objects\": 1}], \"selection\": {\"objects\": [{\"model\": \"users.aerpawuser\","
            + " \"pk\": 3, \"reason\": \"requested\"}], \"more\": 0}, \"warnings\": [\"w\"],"
            + " \"seconds\": 0.250}";
    Outcome outcome =
        portal
            .answering("POST /api/dumps", 202, run("running", ""))
            .answering(
                "GET /api/runs/7/events", 200, events(run("running", ""), run("done", report)))
            .run("dump", "--objects", "users.aerpawuser:3");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.SUCCESS);
    assertThat(outcome.out())
        .isEqualTo(
            "users.aerpawuser(pk=3): requested\nw\n1 object, 1 file, set s1, 0.250 seconds\n");
  }

  @Test
  void dumpFollowsTheEventsOfItsRun() {
    String report =
        ", \"report\": {\"set\": \"s1\", \"objects\": 2, \"files\": [], \"warnings\": [\"w\"],"
            + " \"seconds\": 0.250}";
    Outcome outcome =
        portal
            .answering("GET /api/apps", 200, APPS)
            .answering("POST /api/dumps", 202, run("running", ""))
            .answering(
                "GET /api/runs/7/events", 200, events(run("running", ""), run("done", report)))
            .run("dump", "--indent", "none");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.SUCCESS);
    assertThat(outcome.out())
        .isEqualTo(
            "dumpdata users --indent none --output ./dumpdata/users.json\nw\n"
                + "2 objects, 1 file, set s1, 0.250 seconds\n");
    assertThat(portal.requests())
        .containsExactly(
            "POST /api/dumps {\"apps\":[],\"compress\":\"none\",\"exclude\":[],\"format\":\"json\","
                + "\"indent\":null,\"limit\":null,\"mask\":null,\"naturalForeign\":false,\"naturalPrimary\":false,"
                + "\"objects\":[],\"pks\":[],\"timestamps\":\"exact\",\"with\":null}",
            "GET /api/apps",
            "GET /api/runs/7/events");
  }

  @Test
  void eventsThatBreakOffAreRequestedAgain() {
    Outcome outcome =
        portal
            .answering("POST /api/sets/latest/verify", 202, run("running", ""))
            .answering("GET /api/runs/7/events", 200, events(run("running", "")))
            .answering(
                "GET /api/runs/7",
                200,
                run(
                    "done",
                    ", \"report\": {\"set\": \"s1\", \"objects\": 6, \"seconds\": 1.5,"
                        + " \"files\": [{\"name\": \"users.json\", \"objects\": 6}]}"))
            .run("verify");
    assertThat(outcome.out()).isEqualTo("set s1 passed: 6 objects, 1 file, 1.5 seconds\n");
    assertThat(outcome.status()).isEqualTo(ExitStatus.SUCCESS);
  }

  @Test
  void failedRunEndsWithItsErrors() {
    String errors = ", \"errors\": [{\"file\": \"users.json\", \"reason\": \"checksum mismatch\"}]";
    Outcome outcome =
        portal
            .answering("POST /api/sets/s%201/verify", 202, run("running", ""))
            .answering("GET /api/runs/7/events", 200, events(run("failed", errors)))
            .run("verify", "s 1");
    assertThat(outcome.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(outcome.err()).isEqualTo("users.json: checksum mismatch\n");
  }

  @Test
  void waitForALockIsShownOnce() {
    String waiting =
        run("running", "")
            .replace("\"stage\"", "\"waitingFor\": \"users (held by pid 7)\", \"stage\"");
    String failed =
        run("failed", ", \"errors\": [{\"reason\": \"waited 60 s for users (held by pid 7)\"}]");
    Outcome outcome =
        portal
            .answering("POST /api/loads", 202, run("running", ""))
            .answering("GET /api/runs/7/events", 200, events(waiting, waiting, failed))
            .run("load");
    assertThat(outcome.err())
        .isEqualTo("Waiting for users (held by pid 7)\nwaited 60 s for users (held by pid 7)\n");
  }

  @Test
  void cancelEndsTheRunInProgress() {
    Outcome outcome =
        portal
            .answering("GET /api/runs", 200, "{\"runs\": [" + run("running", "") + "]}")
            .answering("DELETE /api/runs/7", 202, run("running", ""))
            .answering(
                "GET /api/runs/7/events",
                200,
                events(run("failed", ", \"errors\": [{\"reason\": \"cancelled by ada\"}]")))
            .run("cancel");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.SUCCESS);
    assertThat(outcome.out()).isEqualTo("dump 7:\ncancelled by ada\n");
  }

  @Test
  void cancelFailsIfTheRunWasDoneBeforeOrNoneIsInProgress() {
    portal
        .answering("GET /api/runs/7", 200, run("running", ""))
        .answering("GET /api/runs", 200, "{\"runs\": [" + run("done", "") + "]}")
        .answering("DELETE /api/runs/7", 202, run("running", ""))
        .answering("GET /api/runs/7/events", 200, events(run("done", "")));
    Outcome late = portal.run("cancel", "7");
    assertThat(late.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(late.err()).isEqualTo("The run finished before it could be cancelled.\n");
    Outcome none = portal.run("cancel");
    assertThat(none.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(none.err()).isEqualTo("No run is in progress.\n");
  }

  @Test
  void requestThatTheServerRefusesAsInvalidIsWrongUsage() {
    Outcome outcome =
        portal
            .answering(
                "POST /api/loads",
                400,
                "{\"detail\": \"Invalid.\", \"errors\": [{\"field\": \"from\", \"reason\": \"no"
                    + " such set\"}]}")
            .run("load", "--from", "nothing");
    assertThat(outcome.status()).isEqualTo(ExitStatus.WRONG_USAGE);
    assertThat(outcome.err()).isEqualTo("from: no such set\n");
  }

  @Test
  void setsAreListedWithSizeAndVerification() {
    String newest = SET.formatted("s2", "null");
    String oldest = SET.formatted("s1", "\"2026-01-03T00:00:00Z\"");
    String answer =
        "{\"latest\": \"s2\", \"sets\": [" + newest + ", " + oldest + "], \"unreadable\": {}}";
    portal.answering("GET /api/sets", 200, answer);
    assertThat(portal.run("sets").out().lines())
        .satisfiesExactly(
            title -> assertThat(title).startsWith("SET  AGE"),
            set ->
                assertThat(set)
                    .matches("s2 +\\d+ d +1\\.5 kB +6 +never +none +newest, daily 2026-01-02"),
            set ->
                assertThat(set).matches("s1 +\\d+ d +1\\.5 kB +6 +\\d+ d ago +none +newest, .*"));
    assertThat(portal.run("sets", "--json").out()).isEqualTo(answer + "\n");
  }

  @Test
  void failedVerificationIsShown() {
    String set =
        SET.formatted("s1", "null").replace("\"kept\"", "\"verification\": \"failed\", \"kept\"");
    portal
        .answering("GET /api/sets", 200, "{\"sets\": [" + set + "], \"unreadable\": {}}")
        .answering("GET /api/sets/s1", 200, set);

    assertThat(portal.run("sets").out()).containsPattern("s1 .* 6 +FAILED +none ");
    assertThat(portal.run("sets", "s1").out()).contains("verified  FAILED\n");
  }

  @Test
  void damagedAndMissingSetsAreListed() {
    String damages = "\"damages\": {\"users.json\": \"it is missing\"}";
    String set = SET.formatted("s1", "null").replace("\"damages\": {}", damages);
    portal.answering(
        "GET /api/sets",
        200,
        "{\"latest\": \"s9\", \"sets\": ["
            + set
            + "], \"unreadable\": {\"s0\": \"manifest.json is missing\"}}");
    assertThat(portal.run("sets").out().lines().skip(1))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches("s1 .* never +none +damaged \\(users\\.json\\), newest, .*"),
            line ->
                assertThat(line).isEqualTo("The set s0 cannot be used: manifest.json is missing"),
            line -> assertThat(line).isEqualTo("The newest complete set, s9, is missing."));

    portal.answering("GET /api/sets/s1", 200, set);
    assertThat(portal.run("sets", "s1").out()).contains("damaged   users.json: it is missing\n");
  }

  @Test
  void oneSetIsShownInFull() {
    portal.answering("GET /api/sets/s1", 200, SET.formatted("s1", "\"2026-01-03T00:00:00Z\""));
    assertThat(portal.run("sets", "s1").out())
        .contains(
            "set       s1 (complete)\n",
            "snapshot  2026-01-02T03:04:05Z\n",
            "1 reference from users.aerpawuser.groups to auth.group",
            "users.aerpawuser");
  }

  @Test
  void unknownSetOrRunIsNamed() {
    Outcome set = portal.run("verify", "s 9");
    assertThat(set.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(set.err()).isEqualTo("There is no set s 9. ./portal sets lists all sets.\n");
    assertThat(portal.run("runs", "9").err())
        .isEqualTo("There is no run 9. ./portal runs lists the newest 100.\n");
  }

  @Test
  void runsAreListedAndShown() {
    portal.answering("GET /api/runs", 200, "{\"runs\": [" + run("failed", "") + "]}");
    assertThat(portal.run("runs").out())
        .containsPattern("7 +dump +failed +2026-01-01T00:00:00Z +2\\.2 +admin token\n");
    portal.answering(
        "GET /api/runs/7", 200, run("failed", ", \"errors\": [{\"reason\": \"disk full\"}]"));
    Outcome shown = portal.run("runs", "7");
    assertThat(shown.status()).isEqualTo(ExitStatus.SUCCESS);
    assertThat(shown.out()).contains("state         failed\n", "disk full\n");
  }

  @Test
  void newestRunIsFollowedToItsEnd() {
    String running = run("running", "");
    String failed = run("failed", ", \"errors\": [{\"reason\": \"disk full\"}]");
    portal
        .answering("GET /api/runs?limit=1", 200, "{\"runs\": [" + running + "]}")
        .answering("GET /api/runs/7", 200, running)
        .answering("GET /api/runs/7/events", 200, events(running, failed));
    Outcome outcome = portal.run("runs", "--follow");
    assertThat(outcome.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(outcome.out()).isEqualTo("dump write users 1 of 2 objects\ndump failed\n");
    assertThat(outcome.err()).isEqualTo("disk full\n");
    assertThat(portal.run("runs", "7", "--follow", "--json").out())
        .isEqualTo(running + "\n" + failed + "\n");
  }
}

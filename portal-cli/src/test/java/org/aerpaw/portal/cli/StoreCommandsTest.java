package org.aerpaw.portal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aerpaw.portal.cli.FakePortal.Outcome;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about copies in a store and about uploads. */
class StoreCommandsTest {

  private static final String SET =
      """
      {"id": "s", "kept": ["newest"], "damages": {}, "copies": [%s],
       "manifest": {"complete": false, "foreign": %s,
         "files": {"users.json": {"sha256": "0", "bytes": 2, "snapshot": "2026-01-02T03:04:05Z",
           "models": {}}},
         "externalReferences": []}}
      """;

  @TempDir Path folder;
  private FakePortal portal;

  @BeforeEach
  void start() throws IOException {
    portal = new FakePortal();
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  private static String run(String kind, String state, String more) {
    return """
    {"id": "7", "kind": "%s", "state": "%s", "requestedBy": "admin token",\
     "started": "2026-01-01T00:00:00.5Z", "progress": {"app": "users.json", "objects": 1, "total": 2}%s}"""
        .formatted(kind, state, more);
  }

  private void answerRun(String request, String kind, String report) {
    portal
        .answering(request, 202, run(kind, "running", ""))
        .answering(
            "GET /api/runs/7/events",
            200,
            "event: done\ndata: " + run(kind, "done", ", \"report\": " + report) + "\n\n");
  }

  @Test
  void copySaysWhatWasCopied() {
    answerRun(
        "POST /api/sets/s/copies",
        "copy",
        "{\"store\": \"default\", \"set\": \"s\", \"objects\": 2, \"bytes\": 1500,"
            + " \"files\": [{\"name\": \"users.json\", \"bytes\": 1000, \"present\": true},"
            + " {\"name\": \"manifest.json\", \"bytes\": 500, \"present\": false}],"
            + " \"deletedCopies\": [\"r\"], \"warnings\": [\"deleted older copies: r\"],"
            + " \"seconds\": 0.25}");

    Outcome outcome = portal.run("copy", "s");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.SUCCESS);
    assertThat(outcome.out())
        .isEqualTo(
            "deleted older copies: r\n"
                + "copied set s: 2 files (1 already in the store), 1.5 kB, 0.25 seconds\n");
  }

  @Test
  void storeListShowsTheCopies() {
    portal.answering(
        "GET /api/stores/default/sets",
        200,
        "{\"store\": \"default\", \"sets\": [{\"id\": \"s2\", \"complete\": true,"
            + " \"encrypted\": true, \"bytes\": 1500, \"local\": false, \"kept\": [\"newest\"]}, {\"id\": \"s1\","
            + " \"complete\": false, \"encrypted\": false, \"objects\": 1,"
            + " \"bytes\": 10, \"local\": true, \"kept\": []}],"
            + " \"incomplete\": {\"s0\": \"the copy is incomplete (no manifest yet)\"}}");

    assertThat(portal.run("store", "list").out().lines())
        .satisfiesExactly(
            title -> assertThat(title).startsWith("SET  KIND"),
            set -> assertThat(set).matches("s2 +complete +1\\.5 kB +encrypted +no +newest"),
            set -> assertThat(set).matches("s1 +partial +10 B +1 +yes +deleted by the next copy"),
            other ->
                assertThat(other)
                    .isEqualTo("s0 cannot be fetched: the copy is incomplete (no manifest yet)"));
  }

  @Test
  void storeFetchSaysWhatWasFetched() {
    answerRun(
        "POST /api/stores/default/sets/latest/fetch",
        "fetch",
        "{\"store\": \"default\", \"set\": \"s\", \"objects\": 2, \"bytes\": 1500,"
            + " \"warnings\": [], \"seconds\": 0.25}");

    assertThat(portal.run("store", "fetch", "latest").out())
        .isEqualTo("fetched and pinned set s: 1.5 kB, 0.25 seconds\n");
  }

  @Test
  void wrongUseOfStoreIsRefusedWithoutARequest() {
    for (String line :
        new String[] {"store", "store fetch", "store list s", "store delete s", "copy", "upload"}) {
      assertThat(portal.run(line.split(" ")).status()).as(line).isEqualTo(ExitStatus.WRONG_USAGE);
    }
    assertThat(portal.requests()).isEmpty();
  }

  @Test
  void missingStoreIsNamed() {
    Outcome outcome = portal.run("store", "list");

    assertThat(outcome.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(outcome.err())
        .isEqualTo("There is no store. Set PORTAL_STORE and restart the server.\n");
  }

  @Test
  void setsShowTheirCopies() {
    String failed = "{\"store\": \"default\", \"state\": \"pending\", \"error\": \"it is full\"}";
    portal
        .answering(
            "GET /api/sets",
            200,
            "{\"sets\": [" + SET.formatted(failed, "true") + "], \"unreadable\": {}}")
        .answering("GET /api/sets/s", 200, SET.formatted(failed, "true"));

    assertThat(portal.run("sets").out()).contains("unknown", "foreign", "pending, failed");
    assertThat(portal.run("sets", "s").out())
        .contains(
            "set       s (foreign)\n",
            "objects   unknown\n",
            "verified  foreign\n",
            "copy      pending, failed: it is full\n",
            "users.json" + " ".repeat(18) + "2 B");
  }

  @Test
  void uploadSaysWhetherTheSetIsNew() throws IOException {
    Path zip = Files.writeString(folder.resolve("set.zip"), "PK");
    portal.answering("POST /api/sets", 201, SET.formatted("", "true"));
    assertThat(portal.run("upload", zip.toString()).out())
        .isEqualTo("added and pinned set s (foreign)\n");
    assertThat(portal.requests()).containsExactly("POST /api/sets PK");

    portal.answering("POST /api/sets", 200, SET.formatted("", "false"));
    assertThat(portal.run("upload", zip.toString()).out())
        .isEqualTo("an identical set s already exists\n");

    portal.answering(
        "POST /api/sets", 409, "{\"detail\": \"a different set named s already exists\"}");
    Outcome refused = portal.run("upload", zip.toString());
    assertThat(refused.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(refused.err()).isEqualTo("a different set named s already exists\n");
  }

  @Test
  void missingFileIsNamed() {
    Outcome outcome = portal.run("upload", "/no/such.zip");

    assertThat(outcome.status()).isEqualTo(ExitStatus.WRONG_USAGE);
    assertThat(outcome.err()).isEqualTo("There is no file /no/such.zip.\n");
  }

  @Test
  void cancelOfOneOfSeveralRunsNeedsItsId() {
    portal.answering(
        "GET /api/runs",
        200,
        "{\"runs\": [" + run("copy", "running", "") + ", " + run("dump", "running", "") + "]}");

    Outcome outcome = portal.run("cancel");

    assertThat(outcome.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(outcome.err()).contains("./portal cancel 7   # copy", "./portal cancel 7   # dump");
  }
}

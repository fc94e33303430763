package org.aerpaw.portal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.aerpaw.portal.cli.FakePortal.Outcome;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffCommandTest {

  private static final String RUN = "{\"id\": \"7\", \"kind\": \"diff\", \"state\": \"%s\"%s}";

  private static final String REPORT =
      """
      {"from":"s1","to":"database",\
      "models":[{"model":"users.aerpawuser","added":1,"removed":0,"changed":2,"equal":4}],\
      "onlyInFrom":["auth.group"],"onlyInTo":["projects.aerpawproject","projects.userproject"],\
      "differences":[{"model":"users.aerpawuser","pk":2,"change":"changed","fields":[%s]},\
      {"model":"users.aerpawuser","pk":9,"change":"added","fields":[]}],\
      "warnings":["w"],"seconds":0.25}""";

  private static final String FIELDS = "{\"name\":\"password\"},{\"name\":\"email\"}";
  private static final String VALUES =
      "{\"name\":\"password\"},{\"name\":\"email\",\"values\":{\"from\":null,\"to\":\"a\\n\\u001b[2J\"}}";

  private static final String NUMBERS =
      """
      MODEL             ADDED  REMOVED  CHANGED  EQUAL
      users.aerpawuser  1      0        2        4
      not compared, because the database does not contain them: auth.group
      not compared, because s1 does not contain them: projects.aerpawproject, projects.userproject
      w
      """;
  private static final String END =
      "and 1 more\ns1 and database: 3 objects differ, 4 equal, 0.25 seconds\n";

  private FakePortal portal;

  @BeforeEach
  void start() throws IOException {
    portal = new FakePortal();
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  private void answer(String fields) {
    String done = RUN.formatted("done", ", \"report\": " + REPORT.formatted(fields));
    portal
        .answering("POST /api/diffs", 202, RUN.formatted("running", ""))
        .answering("GET /api/runs/7/events", 200, "event: done\ndata: " + done + "\n\n")
        .answering("GET /api/runs/7", 200, done);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s1 | s1 | database | ",
        "s1 database | s1 | database | ",
        "latest 20260101T000000.000Z | latest | 20260101T000000.000Z | ",
        "s1 latest users | s1 | latest | users",
        "s1 users.aerpawuser projects | s1 | database | users.aerpawuser projects"
      })
  void secondNameIsASideOrALabel(String arguments, String from, String to, String labels) {
    answer(FIELDS);

    assertThat(portal.run(("diff " + arguments).split(" ")).status()).isEqualTo(ExitStatus.SUCCESS);

    assertThat(portal.requests().get(0))
        .isEqualTo(
            "POST /api/diffs {\"from\":\"%s\",\"identity\":null,\"models\":[%s],\"to\":\"%s\",\"values\":false}"
                .formatted(
                    from, labels == null ? "" : '"' + labels.replace(" ", "\",\"") + '"', to));
  }

  @Test
  void numbersAndObjectsArePrinted() {
    answer(FIELDS);

    Outcome outcome = portal.run("diff", "s1");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ExitStatus.SUCCESS);
    assertThat(outcome.out())
        .isEqualTo(
            NUMBERS + "changed users.aerpawuser(pk=2)\nadded users.aerpawuser(pk=9)\n" + END);
  }

  @Test
  void fieldsArePrintedOnRequest() {
    answer(FIELDS);

    assertThat(portal.run("diff", "s1", "--fields").out())
        .isEqualTo(
            NUMBERS
                + "changed users.aerpawuser(pk=2): password, email\n"
                + "added users.aerpawuser(pk=9)\n"
                + END);
  }

  @Test
  void valuesArePrintedOnRequestWithoutControlCharacters() {
    answer(VALUES);

    assertThat(portal.run("diff", "s1", "--values").out())
        .isEqualTo(
            NUMBERS
                + "changed users.aerpawuser(pk=2):\n"
                + "  password: (secret)\n"
                + "  email: null -> \"a\\n\\u001B[2J\"\n"
                + "added users.aerpawuser(pk=9)\n"
                + END);
    assertThat(portal.requests().get(0)).contains("\"values\":true");
  }

  @Test
  void jsonIsTheReportOfTheServer() {
    answer(VALUES);

    assertThat(portal.run("diff", "s1", "--values", "--json").out())
        .isEqualTo(REPORT.formatted(VALUES.replace("001b", "001B")) + "\n");
  }

  @Test
  void differencesEndWithStatus1OnRequest() {
    answer(FIELDS);

    Outcome outcome = portal.run("diff", "s1", "--exit-code");

    assertThat(outcome.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(outcome.out()).startsWith(NUMBERS).endsWith(END);
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void refusalAndMissingServerHaveTheUsualStatuses() {
    String problem =
        "{\"detail\": \"d\", \"errors\": [{\"field\": \"from\", \"reason\": \"no such set\"}]}";
    Outcome unknown = portal.answering("POST /api/diffs", 400, problem).run("diff", "s1");
    assertThat(unknown.status()).isEqualTo(ExitStatus.WRONG_USAGE);
    assertThat(unknown.err()).isEqualTo("from: no such set\n");
    assertThat(portal.run("diff").status()).isEqualTo(ExitStatus.WRONG_USAGE);
    portal.close();
    assertThat(portal.run("diff", "s1").status()).isEqualTo(ExitStatus.NO_SERVER);
  }

  @Test
  void reportOfAPastDiffIsShown() {
    String run =
        """
        {"id": "7", "kind": "diff", "state": "done", "requestedBy": "ada",
         "started": "2026-01-01T00:00:00.5Z", "finished": "2026-01-01T00:00:02.75Z", "report": %s}
        """;
    portal.answering("GET /api/runs/7", 200, run.formatted(REPORT.formatted(VALUES)));

    assertThat(portal.run("runs", "7").out())
        .startsWith("run           7\nkind          diff\n")
        .endsWith("added users.aerpawuser(pk=9)\n" + END);
  }
}

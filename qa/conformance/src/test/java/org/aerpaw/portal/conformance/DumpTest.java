package org.aerpaw.portal.conformance;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One database, dumped here and by Django. */
class DumpTest {

  private static final Path CASES = Path.of("../../portal-backup/src/test/resources/format");

  private static final String EMPTY = "[\n]\n";

  @TempDir Path folder;
  private TestPortal portal;

  @BeforeEach
  void migrate() throws Exception {
    portal = TestPortal.migrated(folder);
  }

  @AfterEach
  void drop() {
    portal.close();
  }

  // D01
  @Test
  void appsWithoutRowsShouldBeFourBytes() throws Exception {
    Path set = Dumps.set(portal, dumpOf().layout(Dumps.DJANGO).build());
    for (String app : Dumps.PORTAL) {
      assertThat(set.resolve(app + ".json")).as(app).hasContent(EMPTY);
      assertThat(Dumps.there(portal, app)).as(app).isEqualTo(EMPTY);
    }
    Dumps.assertSame(portal, "auth");
    Dumps.assertSame(portal, "contenttypes");
  }

  // D02
  @Test
  void oneRowAndThreeRowsShouldBeTheSameBytes() throws Exception {
    given(Sample.number(1, 7));
    Dumps.assertSame(portal, "operations");

    given(Sample.number(30, 8), Sample.number(-4, 9));
    Dumps.assertSame(portal, "operations");
  }

  // D03, D04, D06
  @ParameterizedTest
  @NullSource
  @ValueSource(ints = {0, 1, 2, 4})
  void everyIndentShouldBeTheSameBytes(Integer indent) throws Exception {
    given(
        Sample.group(1, "pi"),
        Sample.group(2, "operator"),
        Sample.user(1, "ada", "\"groups\": [1, 2]", "\"user_permissions\": []"),
        Sample.user(2, "bob", "\"groups\": [2]"));
    for (String app : List.of("users", "credentials")) {
      var words = new ArrayList<>(List.of(app));
      if (indent != null) {
        words.addAll(List.of("--indent", indent.toString()));
      }
      String here = Dumps.here(portal, Dumps.django(indent), app);
      assertThat(here).isEqualTo(Django.dumpdata(portal.database, words));
      assertThat(here).doesNotContain(" \n", "\r");
    }
  }

  // D05
  @Test
  void fieldsShouldKeepTheirOrderWhenColumnsArePermuted() throws Exception {
    given(Sample.user(1, "ada"), Sample.user(2, "bob", "\"password\": \"\""));
    String before = Dumps.here(portal, "users");
    portal.database.execute(
        """
        ALTER TABLE users_aerpawuser ADD COLUMN moved varchar(128);
        UPDATE users_aerpawuser SET moved = password;
        ALTER TABLE users_aerpawuser DROP COLUMN password;
        ALTER TABLE users_aerpawuser RENAME COLUMN moved TO password;
        ALTER TABLE users_aerpawuser ALTER COLUMN password SET NOT NULL;
        """);

    assertThat(Dumps.here(portal, "users")).isEqualTo(before);
    assertThat(Dumps.there(portal, "users")).isEqualTo(before);
  }

  // D10
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Asia/Kolkata", "America/New_York"})
  void timestampsAndTimesShouldBeTheSameBytesInEveryZoneOfTheServer(String zone) throws Exception {
    portal.database.set("timezone", zone);
    for (String[] line : cases("time-cases.tsv")) {
      String value = line[0];
      if (value.contains("+")) {
        fieldTrip("created", value, "modified", value);
      } else {
        fieldTrip("start_time", value, "end_time", value);
      }
    }

    Dumps.assertSame(portal, "experiment_info");
  }

  // D11
  @ParameterizedTest
  @CsvSource({
    "created, 0001-01-01 00:00:00+00 BC",
    "created, 10000-01-01 00:00:00+00",
    "experiment_date, 0001-01-01 BC",
    "experiment_date, 10000-01-01",
  })
  void yearsThatFixturesCannotExpressShouldBeRefused(String column, String value) throws Exception {
    fieldTrip(column, value);

    assertDumpIsRefused(column);
    assertThatThrownBy(() -> Dumps.there(portal, "experiment_info"))
        .isInstanceOf(DjangoException.class);
  }

  // D11, D12: Django's driver makes other values of these, and Django writes them.
  @ParameterizedTest
  @CsvSource({
    "created, infinity, 9999-12-31T23:59:59.999Z",
    "created, -infinity, 0001-01-01T00:00:00Z",
    "experiment_date, infinity, 9999-12-31",
    "experiment_date, -infinity, 0001-01-01",
    "start_time, 24:00, 00:00:00",
  })
  void valuesThatNoFixtureHasShouldBeRefusedHereAndAreOthersInDjango(
      String column, String value, String otherValue) throws Exception {
    fieldTrip(column, value);

    assertDumpIsRefused(column);
    assertThat(Dumps.there(portal, "experiment_info"))
        .contains("\"" + column + "\": \"" + otherValue + "\"");
  }

  private void assertDumpIsRefused(String column) throws Exception {
    var run = portal.dump(Dumps.django(2), "experiment_info");
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.errors())
        .singleElement()
        .asString()
        .startsWith("experiment_info.fieldtrip(pk=1): " + column + ": ");
  }

  // D12
  @Test
  void datesAndTimesShouldBeTheSameBytes() throws Exception {
    for (String date :
        List.of("0001-01-01", "9999-12-31", "2024-02-29", "1900-02-28", "2000-01-01")) {
      fieldTrip("experiment_date", date);
    }
    for (String time :
        List.of("07:05", "00:00", "23:59:59.999999", "12:00:00.5", "00:00:00.000001")) {
      fieldTrip("start_time", time);
    }

    Dumps.assertSame(portal, "experiment_info");
  }

  // D13
  @Test
  void doublesShouldBeTheSameText() throws Exception {
    try (Connection connection = portal.database.connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO experiment_info_fieldtrip (created, modified,"
                    + " number_of_fixed_nodes, number_of_portable_nodes,"
                    + " \"LAMs\", \"SAMs\", rovers, helikite, is_canceled, person_hours)"
                    + " VALUES (now(), now(), 0, 0, 0, 0, 0, 0, false, ?)")) {
      for (String[] line : cases("float-cases.tsv")) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(line[0], 16));
        if (Double.isFinite(value)) {
          insert.setDouble(1, value);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }

    Dumps.assertSame(portal, "experiment_info");
  }

  // D14: Django writes what is no JSON.
  @Test
  void whatIsNoNumberShouldBeTextHereAndBareWordsInDjango() throws Exception {
    for (String value : List.of("NaN", "Infinity", "-Infinity")) {
      fieldTrip("person_hours", value);
    }

    String here = Dumps.here(portal, "experiment_info");
    assertThat(here).contains("\"person_hours\": \"NaN\"", ": \"Infinity\"", ": \"-Infinity\"");
    assertThat(Dumps.there(portal, "experiment_info"))
        .contains("\"person_hours\": NaN", ": Infinity", ": -Infinity")
        .isEqualTo(here.replaceAll("\"(NaN|-?Infinity)\"", "$1"));
  }

  // D16
  @Test
  void textsShouldBeTheSameBytes() throws Exception {
    var texts =
        new ArrayList<>(List.of("", "\"", "\\", "/", "</script>", "\\u0041", " a ", "a\r\nb\tc"));
    for (int c = 1; c < 0x20; c++) {
      texts.add("a" + (char) c + "b");
    }
    texts.add("\u007f\u0080\u009f\u00a0\u00df\u07ff\u0800\u2028\u2029\ufeff\ufffd\uffff");
    texts.add("e\u0301 \ud83d\ude00 \ud83d\udc68\u200d\ud83d\udc69 \ud800\udc00 \udbff\udfff");
    texts.add("L\u00e4st \"1\" \\ \ud83d\ude00\n".repeat(70_000));
    for (String text : texts) {
      portal.insert("profiles_aerpawuserprofile", "position", text);
    }

    Dumps.assertSame(portal, "profiles");
  }

  // D17
  @Test
  void bothEndsOfWholeNumbersShouldBeTheSameBytes() throws Exception {
    fieldTrip("LAMs", -32768, "SAMs", 32767);
    given(
        Sample.number(-2147483648, 2147483647),
        Sample.number(2147483647, -2147483648),
        Sample.number(0, 0));

    Dumps.assertSame(portal, "experiment_info");
    Dumps.assertSame(portal, "operations");
  }

  // D18
  @Test
  void nullFalseAndTrueShouldBeTheSameBytes() throws Exception {
    given(
        Sample.formData(1, "\"is_urgent\": null"),
        Sample.formData(2, "\"is_urgent\": false"),
        Sample.formData(3, "\"is_urgent\": true"));

    Dumps.assertSame(portal, "experiment_info");
  }

  // D20
  @ParameterizedTest
  @ValueSource(
      strings = {
        "projects",
        "projects.userproject",
        "projects.AerpawProject",
        "projects projects.userproject",
        "projects.userproject projects",
        "projects.userproject projects.userproject",
        "users users",
        "projects users",
        "users profiles resources projects error_handling experiment_files experiment_info experiments operations"
            + " credentials user_messages user_requests"
      })
  void selectionsShouldBeTheSameObjects(String names) throws Exception {
    givenPeopleAndProjects();

    assertThat(Dumps.here(portal, words(names), List.of()))
        .isEqualTo(Dumps.there(portal, words(names)));
  }

  // D20: Django dumps its own apps, too, if nothing is said.
  @Test
  void defaultShouldBeThePortalsAppsHereAndAllAppsInDjango() throws Exception {
    givenPeopleAndProjects();

    Path set = Dumps.set(portal, dumpOf().layout(Dumps.DJANGO).build());

    assertThat(Dumps.joined(set, Dumps.ALL)).isEqualTo(Dumps.there(portal, Dumps.PORTAL));
    assertThat(Dumps.here(portal, Dumps.ALL, List.of())).isEqualTo(Dumps.there(portal));
  }

  // D20: Django keeps the order in which models of an app were asked for.
  @Test
  void modelsOfAnAppShouldBeInTheirOwnOrderHereAndInTheOrderAskedForInDjango() throws Exception {
    givenPeopleAndProjects();
    List<String> ordered = words("projects.aerpawproject projects.userproject");
    List<String> turned = words("projects.userproject projects.aerpawproject");

    String here = Dumps.here(portal, ordered, List.of());
    assertThat(Dumps.there(portal, ordered)).isEqualTo(here);
    assertThat(Dumps.here(portal, turned, List.of())).isEqualTo(here);
    assertThat(Dumps.there(portal, turned))
        .isNotEqualTo(here)
        .startsWith("[\n{\n  \"model\": \"projects.userproject\"")
        .hasSameSizeAs(here);
  }

  // D21
  @ParameterizedTest
  @CsvSource({
    "users projects, projects",
    "users projects, projects.userproject",
    "users projects, projects.userproject projects.aerpawproject",
    "users projects, projects.UserProject users",
    "projects, resources",
  })
  void exclusionsShouldLeaveTheSameObjects(String names, String exclude) throws Exception {
    givenPeopleAndProjects();
    var command = new ArrayList<>(words(names));
    words(exclude).forEach(name -> command.addAll(List.of("--exclude", name)));

    assertThat(Dumps.here(portal, words(names), words(exclude)))
        .isEqualTo(Dumps.there(portal, command));
  }

  // D21: Django writes a file without objects.
  @Test
  void exclusionOfAllThatWasSelectedShouldBeRefusedHereAndAnEmptyFileInDjango() {
    var request = dumpOf("users").exclude(List.of("users")).layout(Dumps.django(2)).build();

    assertThatThrownBy(() -> portal.dumps.dumpAndWait(request, "a test"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("nothing is left to dump");
    assertThat(Dumps.there(portal, "users", "--exclude", "users")).isEqualTo(EMPTY);
  }

  // D23: Django writes a file without objects.
  @Test
  void unknownKeysOnlyAreRefusedHereAndAnEmptyFileInDjango() throws Exception {
    givenPeopleAndProjects();
    var request = dumpOf("users.aerpawuser").layout(Dumps.django(2)).pks(99L).build();

    assertThat(portal.dumps.dumpAndWait(request, "a test").errors())
        .singleElement()
        .hasToString("none of these primary keys exists in users.aerpawuser: 99");
    assertThat(Dumps.there(portal, "users.aerpawuser", "--pks", "99")).isEqualTo(EMPTY);
  }

  // D23
  @ParameterizedTest
  @CsvSource({"'1', 1", "'2, 1', 2 1", "'2,99', 2 99", "'1,1', 1 1"})
  void keysShouldChooseTheSameObjects(String pks, String keys) throws Exception {
    givenPeopleAndProjects();
    var request = dumpOf("users.aerpawuser").layout(Dumps.DJANGO);

    Path set =
        Dumps.set(
            portal,
            request.pks(words(keys).stream().map(Long::valueOf).toArray(Long[]::new)).build());

    assertThat(Dumps.joined(set, List.of("users")))
        .isEqualTo(Dumps.there(portal, "users.aerpawuser", "--pks", pks));
  }

  // D23
  @ParameterizedTest
  @ValueSource(
      strings = {"users", "users.aerpawuser users.aerpawuser", "users projects.userproject"})
  void keysOfMoreThanOneModelAreRefusedHereAndInDjango(String names) {
    var request = dumpOf(words(names)).layout(Dumps.DJANGO).pks(1L).build();
    List<String> command = new ArrayList<>(words(names));
    command.addAll(List.of("--pks", "1"));

    assertThatThrownBy(() -> portal.dumps.dumpAndWait(request, "a test"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("pks: allowed only if apps names exactly one model");
    assertThatThrownBy(() -> Dumps.there(portal, command))
        .isInstanceOf(DjangoException.class)
        .hasMessageContaining("You can only use --pks option with one model");
  }

  // D30, D33
  @Test
  void referencesAndInheritanceShouldBeTheSameBytes() throws Exception {
    givenPeopleAndProjects();
    given(
        Sample.error(1, "\"user\": 1", "\"resolved_by\": null"),
        Sample.number(3, 3),
        Sample.experiment(4, 1, 7, 3),
        Sample.session(5, 4, "\"ended_by\": 2"),
        Sample.session(6, 4),
        Sample.session(9, 4),
        Sample.scheduledSession(9, "\"scheduled_by\": 1"),
        Sample.scheduledSession(5, "\"is_success\": true"));

    Dumps.assertSame(portal, "error_handling");
    Dumps.assertSame(portal, "experiments");
    assertThat(Dumps.here(portal, "experiments"))
        .contains("\"model\": \"experiments.scheduledsession\",\n  \"pk\": 9,");
  }

  // D31
  @Test
  void listsShouldBeInTheirTargetsOrdering() throws Exception {
    given(
        Sample.user(1, "u1", "\"display_name\": \"b\""),
        Sample.user(2, "u2", "\"display_name\": \"a b\""),
        Sample.user(3, "u3", "\"display_name\": \"B\""),
        Sample.user(4, "u4", "\"display_name\": \"\\u00e4\""),
        Sample.user(5, "u5", "\"display_name\": \"ab\""),
        Sample.user(6, "u6", "\"display_name\": \"_\""),
        Sample.user(7, "u7"),
        Sample.message(1, 1, "\"received_by\": [1, 2, 3, 4, 5, 6, 7]"),
        Sample.message(2, 1, "\"received_by\": [7, 5, 3, 1]"),
        Sample.user(8, "u8", "\"user_permissions\": [1, 20, 40, 60, 80, 3, 7, 5]"));

    Dumps.assertSame(portal, "user_messages");
    Dumps.assertSame(portal, "users");
  }

  // D31: Django leaves equal values, and models without an ordering, to the database.
  @Test
  void equallyOrderedItemsAreSortedByKeyHereAndEqualAsASetInDjango() throws Exception {
    given(
        Sample.group(1, "a"),
        Sample.group(2, "b"),
        Sample.group(3, "c"),
        Sample.user(1, "u1"),
        Sample.user(2, "u2"),
        Sample.user(3, "u3"),
        Sample.message(1, 1));
    portal.database.execute(
        """
        INSERT INTO user_messages_aerpawusermessage_received_by (aerpawusermessage_id, aerpawuser_id)
          VALUES (1, 3), (1, 1), (1, 2);
        INSERT INTO users_aerpawuser_groups (aerpawuser_id, group_id) VALUES (2, 3), (2, 1), (2, 2);
        """);

    for (String app : List.of("user_messages", "users")) {
      String here = Dumps.here(portal, app);
      String there = Dumps.there(portal, app);
      assertThat(here).containsPattern("\\[\\s+1,\\s+2,\\s+3\\s+]");
      assertThat(sortedLines(here)).isEqualTo(sortedLines(there));
    }
  }

  // D32
  @Test
  void relationsWithTheirOwnModelShouldBeObjectsOnly() throws Exception {
    givenPeopleAndProjects();

    Dumps.assertSame(portal, "projects");
    assertThat(Dumps.here(portal, "projects"))
        .contains("projects.userproject")
        .doesNotContain("project_membership");
  }

  private void givenPeopleAndProjects() throws Exception {
    given(
        Sample.profile(1),
        Sample.user(1, "ada", "\"profile\": 1"),
        Sample.user(2, "bob"),
        Sample.project(7, 1),
        Sample.userProject(1, 7, 1),
        Sample.userProject(2, 7, 2));
  }

  private void given(String... objects) throws Exception {
    portal.withFixture("given.json", Sample.fixture(objects));
    assertThat(portal.load().errors()).isEmpty();
  }

  private void fieldTrip(Object... columnsAndValues) throws Exception {
    portal.insert("experiment_info_fieldtrip", columnsAndValues);
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.split(" "));
  }

  private static List<String> sortedLines(String text) {
    return text.lines().map(line -> line.replace(",", "")).sorted().toList();
  }

  private static List<String[]> cases(String file) throws Exception {
    return Files.readAllLines(CASES.resolve(file)).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t"))
        .toList();
  }
}

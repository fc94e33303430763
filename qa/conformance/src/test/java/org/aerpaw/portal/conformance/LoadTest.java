package org.aerpaw.portal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.aerpaw.portal.backup.TestPortal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same files, loaded here and by Django into databases that were the same. */
class LoadTest {

  static final String NEXT_KEY = "SELECT nextval('operations_canonicalnumber_id_seq')";

  /** An object of every model, with no field that can be left out. */
  private static final String[] EVERY_MODEL = {
    Sample.object("contenttypes.contenttype", 900, "\"app_label\": \"a\"", "\"model\": \"m\""),
    Sample.object("auth.permission", 900, "\"content_type\": 900"),
    Sample.group(1, "g"),
    Sample.profile(1),
    Sample.user(1, "somebody"),
    Sample.resource(1),
    Sample.project(1, 1),
    Sample.userProject(1, 1, 1),
    Sample.error(1),
    Sample.number(1, 700),
    Sample.file(1),
    Sample.experiment(1, 1, 1, 1),
    Sample.userExperiment(1, 1, 1),
    Sample.thread(1),
    Sample.formData(1),
    Sample.fieldTrip(1),
    Sample.session(1, 1),
    Sample.scheduledSession(1),
    Sample.canonicalResource(1, 1),
    Sample.credentials(1, 1),
    Sample.message(1, 1),
    Sample.request(1, 1),
  };

  @TempDir Path folder;
  private TwoWorlds worlds;

  @BeforeEach
  void migrate() throws Exception {
    worlds = TwoWorlds.migrated(folder);
  }

  @AfterEach
  void drop() {
    worlds.close();
  }

  // L07
  @Test
  void fieldsThatAreLeftOutShouldGetTheSameDefaultsOnNewRows() throws Exception {
    worlds.given(EVERY_MODEL).loadBoth();

    assertThat(EVERY_MODEL).hasSameSizeAs(worlds.here.registry.models());
  }

  // L07, L23: lists that are left out stay
  @Test
  void fieldsThatAreLeftOutShouldGetTheSameDefaultsOnRowsThatAreThere() throws Exception {
    for (Path file : DjangoSetTest.files(DjangoSetTest.SET)) {
      worlds.given(file);
    }
    worlds.loadEach();

    worlds.given(EVERY_MODEL).loadBoth();
  }

  // L07
  @Test
  void defaultOfNowShouldBeTheMomentOfTheLoad() throws Exception {
    worlds
        .given(Sample.user(1, "ada").replaceFirst(", \"date_joined\": \"[^\"]*\"", ""))
        .loadEach();

    for (TestPortal portal : List.of(worlds.here, worlds.there)) {
      assertThat(
              portal.select(
                  "SELECT now() - date_joined BETWEEN '0 s' AND '1 min' FROM users_aerpawuser"))
          .containsExactly("t");
    }
  }

  // L07
  @Test
  void objectsWithWhatMustNotBeShouldBeRefused() throws Exception {
    for (String object :
        List.of(
            "{\"model\": \"operations.canonicalnumber\", \"pk\": 1, \"fields\":"
                + " {\"created\": \"2022-01-01T00:00:00Z\", \"modified\":"
                + " \"2022-01-01T00:00:00Z\"}}",
            "{\"model\": \"operations.canonicalnumber\", \"pk\": 1, \"fields\":"
                + " {\"created\": \"2022-01-01T00:00:00Z\", \"canonical_number\": 1}}",
            "{\"model\": \"operations.canonicalnumber\", \"pk\": 1, \"fields\": {}}",
            "{\"model\": \"operations.canonicalnumber\", \"pk\": 1}",
            "{\"pk\": 1, \"fields\": {}}",
            "{\"model\": \"operations.number\", \"pk\": 1, \"fields\": {}}",
            "{\"model\": \"canonicalnumber\", \"pk\": 1, \"fields\": {}}",
            "{\"model\": \"auth.group\", \"pk\": 1, \"fields\": {\"name\": \"a\", \"nome\": \"a\"}}",
            "{\"model\": \"auth.group\", \"pk\": 1, \"fields\": {\"name\": null}}",
            "{\"model\": \"auth.group\", \"pk\": 1, \"fields\": {\"name\": \"a\\u0000b\"}}",
            "{\"model\": \"auth.group\", \"pk\": 1, \"fields\": {\"name\": \"\\ud800\"}}")) {
      worlds.given(object).refuseBoth();
    }
  }

  // L08
  @Test
  void keysShouldBeNumbersOrTextOrComeFromTheSequence() throws Exception {
    worlds
        .given(
            Sample.number(0, 10),
            Sample.number(-2147483648, 11),
            Sample.number("\"12\"", 12),
            Sample.number("\"-7\"", 13))
        .loadBoth();
    worlds
        .given(
            Sample.number(null, 20),
            Sample.number("\"15\"", 21).replace("\"pk\": \"15\", ", ""),
            Sample.number(null, 22))
        .loadBoth();

    assertThat(Dumps.here(worlds.here, "operations")).contains("\"pk\": 0,", "\"pk\": -7,");
  }

  // L08
  @Test
  void keysOfAnEmptyTableShouldBeginAtTheStartOfTheSequence() throws Exception {
    worlds.given(Sample.number(null, 20), Sample.number(null, 21)).loadBoth();
  }

  // L08
  @Test
  void invalidKeysShouldBeRefused() throws Exception {
    for (String key :
        List.of("2147483648", "-2147483649", "99999999999999999999", "\"\"", "\"a\"", "[1]")) {
      worlds.given(Sample.number(key, 1)).refuseBoth();
    }
  }

  // L09
  @Test
  void createdAndModifiedShouldBeAsInTheFile() throws Exception {
    worlds.given(Sample.profile(1), Sample.number(1, 1)).loadBoth();
    worlds
        .given(
            Sample.profile(1)
                .replace("2022-01-01T00:00:01Z", "1999-12-31T23:59:59.123456Z")
                .replace("2022-01-01T00:00:02Z", "2098-01-01T00:00:00Z"))
        .loadBoth();

    assertThat(Dumps.there(worlds.here, "profiles"))
        .contains("1999-12-31T23:59:59.123Z", "2098-01-01T00:00:00Z");
  }

  // L20
  @Test
  void referencesShouldPointForwardBackwardAndToOtherFiles() throws Exception {
    worlds
        .given(
            Sample.scheduledSession(5, "\"scheduled_by\": 2"),
            Sample.session(5, 4, "\"started_by\": \"1\""),
            Sample.experiment(4, 1, 7, 3, "\"resources\": [2, 1]", "\"experiment_files\": [1]"))
        .given(Sample.user(2, "bob"), Sample.user(1, "ada", "\"profile\": 1"), Sample.profile(1))
        .given(
            Sample.resource(1),
            Sample.project(7, 2),
            Sample.resource(2),
            Sample.number(3, 3),
            Sample.file(1))
        .loadBoth();
  }

  // L21
  @Test
  void referencesToNothingShouldBeRefused() throws Exception {
    for (String member :
        List.of("\"profile\": 99", "\"groups\": [1, 99]", "\"user_permissions\": [99999]")) {
      worlds.given(Sample.group(1, "pi"), Sample.user(1, "ada", member)).refuseBoth();
    }
  }

  // L23
  @Test
  void listsShouldBeReplacedEmptiedOrLeft() throws Exception {
    String[] groups = {Sample.group(1, "a"), Sample.group(2, "b"), Sample.group(3, "c")};
    worlds
        .given(groups)
        .given(
            Sample.user(1, "u1", "\"groups\": [1, 2]"),
            Sample.user(2, "u2", "\"groups\": [1, 2]"),
            Sample.user(3, "u3", "\"groups\": [1, 2, 1, \"2\", 2]"),
            Sample.user(4, "u4"))
        .loadBoth();
    worlds
        .given(
            Sample.user(1, "u1"),
            Sample.user(2, "u2", "\"groups\": []"),
            Sample.user(3, "u3", "\"groups\": [3, 2]"),
            Sample.user(4, "u4", "\"groups\": [3, 1, 3]"))
        .loadBoth();
  }

  // L23
  @Test
  void valuesThatAreNoListsShouldBeRefused() throws Exception {
    for (String member :
        List.of("\"groups\": null", "\"groups\": [null]", "\"groups\": 1", "\"groups\": [\"\"]")) {
      worlds.given(Sample.group(1, "pi"), Sample.user(1, "ada", member)).refuseBoth();
    }
  }

  // L23: Django makes rows of the relation's model, all fields but the two ends by default.
  @Test
  void listOfARelationWithItsOwnModelShouldBeRefused() throws Exception {
    worlds.given(Sample.user(1, "ada"), Sample.project(1, 1, "\"project_membership\": [1]"));

    assertThat(worlds.refuseBoth().here()).contains("project_membership: no such field");
  }

  // L24
  @Test
  void parentsAndChildrenShouldComeInAnyOrder() throws Exception {
    String[] base = {
      Sample.user(1, "ada"),
      Sample.project(1, 1),
      Sample.number(1, 1),
      Sample.experiment(1, 1, 1, 1)
    };
    worlds.given(base).loadBoth();
    worlds
        .given(
            Sample.scheduledSession(1, "\"description\": \"child first\""),
            Sample.session(1, 1),
            Sample.session(2, 1),
            Sample.scheduledSession(2),
            Sample.session(3, 1))
        .loadBoth();
    // A child alone leaves its parent, a parent alone its child.
    worlds
        .given(
            Sample.scheduledSession(2, "\"is_success\": true"),
            Sample.scheduledSession("\"3\""),
            Sample.session(1, 1, "\"is_active\": false"))
        .loadBoth();
  }

  // L24
  @Test
  void childWithoutAParentShouldBeRefused() throws Exception {
    var refusals = worlds.given(Sample.scheduledSession(1)).refuseBoth();

    assertThat(refusals.here())
        .contains(
            "experiments.scheduledsession(pk=1): no experiments.ondemandsession(pk=1) in the database or in this load");
    assertThat(refusals.there()).contains("violates foreign key constraint");
  }

  // L42
  @Test
  void nextKeyShouldFollowTheHighest() throws Exception {
    worlds.given(Sample.number(50, 1), Sample.group(7, "a")).loadBoth();

    for (TestPortal portal : List.of(worlds.here, worlds.there)) {
      assertThat(portal.select(NEXT_KEY)).containsExactly("51");
    }
  }

  // L35: what is read is the same moment
  @Test
  void everyFormOfDatesTimesAndTimestampsShouldBeReadTheSame() throws Exception {
    String[] timestamps = {
      "2022-01-01T00:00:01Z",
      "2022-01-01 00:00:01Z",
      "2022-01-01T00:00:01+05:30",
      "2022-01-01T00:00:01-0330",
      "2022-01-01T00:00:01+05",
      "2022-01-01T00:00:01.1Z",
      "2022-01-01T00:00:01.123456Z",
      "2022-01-01T00:00:01,25Z",
      "2022-01-01T00:00Z",
      "2022-1-2T3:4:5Z",
      "2022-01-01T00:00:01",
      "2022-01-01T00:00:01.5",
      "2022-01-01 23:59",
      "2022-01-01",
      "2022-1-2",
      "0001-01-01T00:00:00Z",
      "9999-12-31T23:59:59.999999Z"
    };
    String[] dates = {"2022-01-01", "2022-1-2", "0001-01-01", "9999-12-31", "2024-02-29"};
    String[] times = {
      "07:05", "7:5", "07:05:01", "07:05:01.5", "07:05:01,123456", "00:00", "23:59:59.999999"
    };
    int pk = 0;
    for (String timestamp : timestamps) {
      worlds.given(Sample.error(++pk, "\"resolved_datetime\": \"" + timestamp + "\""));
    }
    for (String date : dates) {
      worlds.given(Sample.fieldTrip(++pk, "\"experiment_date\": \"" + date + "\""));
    }
    for (String time : times) {
      worlds.given(Sample.fieldTrip(++pk, "\"start_time\": \"" + time + "\""));
    }
    worlds.loadBoth();
  }

  // L35
  @Test
  void valuesOfOtherKindsShouldBeRefused() throws Exception {
    for (String member :
        List.of(
            "\"created\": \"2022-02-30T00:00:00Z\"",
            "\"created\": \"2022-01-01T24:00:00Z\"",
            "\"created\": \"2022-01-01T00:00:00Zulu\"",
            "\"created\": \"2022-01-01T00:00:60Z\"",
            "\"created\": \"01/02/2022\"",
            "\"created\": \"\"",
            "\"created\": 1641024000",
            "\"created\": null",
            "\"experiment_date\": \"2022-01-01T00:00:00Z\"",
            "\"experiment_date\": \"2023-02-29\"",
            "\"experiment_date\": \"0000-01-01\"",
            "\"experiment_date\": \"10000-01-01\"",
            "\"experiment_date\": 20220101",
            "\"start_time\": \"24:00\"",
            "\"start_time\": \"7\"",
            "\"start_time\": 7",
            "\"rovers\": \"many\"",
            "\"rovers\": \"5.7\"",
            "\"rovers\": 32768",
            "\"rovers\": []",
            "\"person_hours\": \"many\"",
            "\"person_hours\": {}",
            "\"is_canceled\": \"yes\"",
            "\"is_canceled\": 2",
            "\"is_canceled\": null",
            "\"is_canceled\": \"\"")) {
      worlds.given(Sample.object("experiment_info.fieldtrip", 1, moments(member), member));

      assertThat(worlds.refuseBoth().here())
          .contains("experiment_info.fieldtrip(pk=1): " + member.split("\"")[1] + ": ");
    }
  }

  // D13, D14
  @Test
  void numbersShouldBeReadTheSame() throws Exception {
    int pk = 0;
    for (String number :
        List.of(
            "0",
            "-0",
            "5",
            "5.0",
            "1e2",
            "1E+2",
            "1e-400",
            "0.1",
            "123456789.125",
            "5e-324",
            "1.7976931348623157e308",
            "9007199254740993",
            "12345678901234567890123")) {
      worlds.given(Sample.fieldTrip(++pk, "\"person_hours\": " + number));
    }
    worlds.loadBoth();
  }

  // D14: what is not a number, as it is written here and as Django writes it
  @Test
  void whatIsNoNumberShouldBeReadTheSameAsTextAndAsBareWord() throws Exception {
    int pk = 0;
    for (String word : List.of("NaN", "Infinity", "-Infinity")) {
      worlds
          .given(Sample.fieldTrip(++pk, "\"person_hours\": " + word))
          .given(Sample.fieldTrip(++pk, "\"person_hours\": \"" + word + "\""));
    }
    worlds.loadEach();

    String hours =
        "SELECT string_agg(person_hours::text, ' ' ORDER BY id) FROM experiment_info_fieldtrip";
    for (TestPortal portal : List.of(worlds.here, worlds.there)) {
      assertThat(portal.select(hours))
          .containsExactly("NaN NaN Infinity Infinity -Infinity -Infinity");
    }
  }

  // L34, L33
  @Test
  void labelsInOtherCaseAndFurtherKeysShouldBeAccepted() throws Exception {
    worlds
        .given(
            "{\"fields\": {\"name\": \"a\"}, \"pk\": 1, \"comment\": [{}], \"model\": \"auth.Group\"}",
            "{\"model\": \"auth.GROUP\", \"pk\": 2, \"fields\": {\"name\": \"b\"}}")
        .given()
        .loadBoth();
  }

  // L36
  @Test
  void textsShouldBeAsLongAsTheirColumnAndNoLonger() throws Exception {
    worlds.given(Sample.group(1, "\ud83d\ude00".repeat(150))).loadBoth();
    worlds.given(Sample.group(2, "a".repeat(151))).refuseBoth();
    worlds.given(Sample.group(2, "\ud83d\ude00".repeat(150))).refuseBoth();
  }

  /** The moments that the model needs, except the one that is given. */
  private static String moments(String given) {
    String modified = "\"modified\": \"2022-01-01T00:00:00Z\"";
    return given.startsWith("\"created\"")
        ? modified
        : modified + ", \"created\": \"2022-01-01T00:00:00Z\"";
  }
}

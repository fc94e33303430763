package org.aerpaw.portal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.aerpaw.portal.backup.TestPortal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a load here does not do what Django does, both side by side. */
class LoadDifferencesTest {

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

  // L35: Django makes of a value what its Python type makes of it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "rovers": "5"                                | rovers          | 5
          "rovers": 5.7                                | rovers          | 5
          "rovers": 5.0                                | rovers          | 5
          "rovers": true                               | rovers          | 1
          "person_hours": "1.5"                        | person_hours    | 1.5
          "person_hours": true                         | person_hours    | 1
          "person_hours": 1e400                        | person_hours    | Infinity
          "is_canceled": "True"                        | is_canceled     | true
          "is_canceled": "t"                           | is_canceled     | true
          "is_canceled": 1                             | is_canceled     | true
          "is_canceled": 0                             | is_canceled     | false
          "comments": 5                                | comments        | 5
          "comments": true                             | comments        | True
          "comments": ["a"]                            | comments        | ['a']
          "start_time": "07:05:00Z"                    | start_time      | 07:05:00
          "start_time": "07:05:00.1234567"             | start_time      | 07:05:00.123456
          "created": "2022-01-01T00:00:00.1234567Z"    | created         | 2022-01-01 00:00:00.123456+00
          "created": "2022-01-01T00:00:00.1234560000Z" | created         | 2022-01-01 00:00:00.123456+00
          "created": "0001-01-01T00:00:00+05:30"       | created         | 0001-12-31 18:30:00+00 BC
          """)
  void wrongTypesShouldBeRefusedHereAndAreConvertedByDjango(
      String member, String column, String converted) throws Exception {
    String field = "experiment_info.fieldtrip(pk=1): " + column + ": ";
    String moments =
        column.equals("created")
            ? "\"modified\": \"2022-01-01T00:00:00Z\""
            : "\"created\": \"2022-01-01T00:00:00Z\", \"modified\": \"2022-01-01T00:00:00Z\"";
    worlds.given(Sample.object("experiment_info.fieldtrip", 1, moments, member));

    assertThat(worlds.loadThereOnly()).contains(field);
    assertThat(worlds.there.select("SELECT " + column + "::text FROM experiment_info_fieldtrip"))
        .containsExactly(converted);
  }

  // L08
  @ParameterizedTest
  @CsvSource({"1.7, 1", "true, 1", "\" 12 \", 12", "\"1_2\", 12"})
  void keysThatAreNoWholeNumbersShouldBeRefusedHereAndAreConvertedByDjango(
      String key, int converted) throws Exception {
    worlds.given(Sample.number(key, 1));

    assertThat(worlds.loadThereOnly()).contains("operations.canonicalnumber: pk: ");
    assertThat(worlds.there.select("SELECT id FROM operations_canonicalnumber"))
        .containsExactly(String.valueOf(converted));
  }

  // L23
  @ParameterizedTest
  @ValueSource(strings = {"[1.5]", "[true]", "\"1\"", "{\"1\": 2}"})
  void listsThatHoldNoKeysShouldBeRefusedHereAndAreConvertedByDjango(String list) throws Exception {
    worlds.given(Sample.group(1, "pi"), Sample.user(1, "ada", "\"groups\": " + list));

    assertThat(worlds.loadThereOnly()).contains("users.aerpawuser(pk=1): groups: ");
    assertThat(worlds.there.select("SELECT group_id FROM users_aerpawuser_groups"))
        .containsExactly("1");
  }

  // L10, L37
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\": \"auth.group\", \"pk\": 1, \"fields\": {\"name\": \"a\"}},"
            + " {\"model\": \"auth.group\", \"pk\": 1, \"fields\": {\"name\": \"b\"}}",
        "{\"model\": \"auth.group\", \"pk\": 1, \"fields\": {\"name\": \"a\", \"name\": \"b\"}}",
        "{\"model\": \"auth.group\", \"pk\": 2, \"pk\": 1, \"fields\": {\"name\": \"b\"}}",
      })
  void duplicateMembersAreRefusedHereAndTheLastCountsInDjango(String objects) throws Exception {
    worlds.given(objects).loadThereOnly();

    assertThat(Dumps.there(worlds.there, "auth.group"))
        .contains("\"pk\": 1,", "\"name\": \"b\"")
        .doesNotContain("\"name\": \"a\"", "\"pk\": 2");
  }

  // L32
  @Test
  void byteOrderMarkIsAcceptedHereAndRefusedByDjango() throws Exception {
    worlds.here.withFixture("bom.json", "\ufeff" + Sample.fixture(Sample.group(1, "a")));

    assertThat(worlds.loadHereOnly()).contains("Problem installing fixture");
  }

  // L35: Django reads these since 4.0, most of them with Python 3.11 or newer.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"created\": \"2022-01-01T00:00:01 Z\"",
        "\"created\": \"20260115T104200Z\"",
        "\"created\": \"20260115T1042+0530\"",
        "\"created\": \"2026-01-15T10Z\"",
        "\"created\": \"2026-W03-4T10:42:00.5Z\"",
        "\"created\": \"2026W034 104200Z\"",
        "\"experiment_date\": \"20260115\"",
        "\"experiment_date\": \"2026-W03-4\"",
        "\"experiment_date\": \"2026-W03\"",
        "\"start_time\": \"104200.25\"",
        "\"start_time\": \"1042\"",
      })
  void formsThatDjangoReadsSince40AreAlwaysAcceptedHere(String member) throws Exception {
    String others =
        member.contains("created")
            ? "\"modified\": \"2022-01-01T00:00:00Z\""
            : "\"created\": \"2022-01-01T00:00:00Z\", \"modified\": \"2022-01-01T00:00:00Z\"";
    worlds.given(Sample.object("experiment_info.fieldtrip", 1, others, member));

    if (Django.isAtLeast(4.0)) {
      worlds.loadBoth();
    } else {
      assertThat(worlds.loadHereOnly()).contains("invalid");
    }
  }

  // L35
  @Test
  void textAfterATimeIsRefusedHereAndByDjangoSince40() throws Exception {
    worlds.given(Sample.fieldTrip(1, "\"start_time\": \"07:05 or so\""));

    if (Django.isAtLeast(4.0)) {
      worlds.refuseBoth();
    } else {
      assertThat(worlds.loadThereOnly()).contains("start_time: ");
    }
  }

  // D13: on the way through Django's driver a zero loses its sign.
  @Test
  void minusZeroShouldKeepItsSignHereAndLosesItInDjango() throws Exception {
    worlds
        .given(
            Sample.fieldTrip(1, "\"person_hours\": -0.0"),
            Sample.fieldTrip(2, "\"person_hours\": -1e-400"))
        .loadEach();

    for (TestPortal portal : List.of(worlds.here, worlds.there)) {
      assertThat(Dumps.there(portal, "experiment_info").split("\"person_hours\": -0.0"))
          .hasSize(portal == worlds.here ? 3 : 1);
    }
  }

  // L08: Django takes what the sequence says, also when an object of the same file has that key.
  @Test
  void keysFromTheSequenceAvoidTheLoadsOtherKeysHereAndCollideInDjango() throws Exception {
    worlds.given(Sample.number(1, 1), Sample.number(null, 2));

    assertThat(worlds.loadHereOnly()).contains("duplicate key value");
    assertThat(Dumps.here(worlds.here, "operations")).contains("\"pk\": 1,", "\"pk\": 2,");
  }

  // L25
  @Test
  void rowsThatSwapAUniqueValueShouldLoadHereAndFailInDjango() throws Exception {
    worlds.given(Sample.group(1, "a"), Sample.group(2, "b")).loadBoth();
    worlds.given(Sample.group(1, "b"), Sample.group(2, "a"));

    assertThat(worlds.loadHereOnly()).contains("duplicate key value violates unique constraint");
  }

  // L42: Django moves a sequence back, and a key comes again that was given before.
  @Test
  void sequenceThatIsAheadShouldStayHereAndIsMovedBackByDjango() throws Exception {
    for (TestPortal portal : List.of(worlds.here, worlds.there)) {
      portal.database.execute("SELECT setval('operations_canonicalnumber_id_seq', 100)");
    }
    worlds.given(Sample.number(50, 1)).loadBoth();

    assertThat(worlds.here.select(LoadTest.NEXT_KEY)).containsExactly("101");
    assertThat(worlds.there.select(LoadTest.NEXT_KEY)).containsExactly("51");
  }
}

package org.aerpaw.portal.backup.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.aerpaw.portal.backup.Fixture.canonicalNumber;
import static org.aerpaw.portal.backup.Fixture.fieldTrip;
import static org.aerpaw.portal.backup.Fixture.fixture;
import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.object;
import static org.aerpaw.portal.backup.Fixture.profile;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.Fixture.Item;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The exact error messages of loads, which change nothing. */
@ExtendWith(TestPortalExtension.class)
class LoadErrorTest {

  private final TestPortal portal;

  LoadErrorTest(TestPortal portal) {
    this.portal = portal;
  }

  /** L30 */
  @Test
  void truncatedFixtureShouldChangeNothing() throws Exception {
    byte[] whole =
        fixture(group(1, "ä").with("permissions", List.of(7)), group(2, "b")).getBytes(UTF_8);
    int unclosed = whole.length - "]\n".length();
    DatabaseContent before = DatabaseContent.of(portal.database);

    for (int length = 0; length <= unclosed; length++) {
      Files.write(portal.fixtures.resolve("cut.json"), Arrays.copyOf(whole, length));
      Run run = portal.load();
      assertThat(run.state()).as("after %d bytes", length).isEqualTo(RunState.FAILED);
      assertThat(run.errors()).singleElement().asString().matches("cut\\.json:[1-4]:[0-9]+: .+");
    }
    assertThat(DatabaseContent.of(portal.database)).isEqualTo(before);
  }

  /** L31 */
  @Test
  void textThatIsNotAFixtureShouldBeRefused() throws Exception {
    assertThat(portal.refused("")).containsExactly("one.json:1:1: the file is empty");
    assertThat(portal.refused("{}"))
        .containsExactly("one.json:1:1: a fixture must be an array of objects");
    assertThat(portal.refused("12"))
        .containsExactly("one.json:1:1: a fixture must be an array of objects");
    assertThat(portal.refused(fixture(group(1, "x")) + "x"))
        .containsExactly("one.json:4:1: text after the end of the array");
    assertThat(portal.refused("[ // none\n]"))
        .containsExactly("one.json:1:3: JSON has no comments");
  }

  /** L32 */
  @Test
  void textThatIsNotUtf8ShouldBeRefusedWithTheByteOffset() throws Exception {
    assertThat(portal.refused(fixture(group(1, "ä")).getBytes(UTF_16)))
        .containsExactly("one.json:1:1: the file is UTF-16 or UTF-32, but a fixture must be UTF-8");
    assertThat(portal.refused(fixture(group(1, "ä")).getBytes(ISO_8859_1)))
        .containsExactly(
            "one.json:2:54: auth.group(pk=1): name: not UTF-8 at byte 55 (counted from 0)");
  }

  /** L33 */
  @Test
  void unknownModelAppAndFieldShouldBeRefused() throws Exception {
    assertThat(
            portal.refused(
                object("users.nobody", 1),
                object("nothing.aerpawuser", 1),
                object("nodot", 1),
                group(1, "x").with("colour", "red").with("size", 5)))
        .containsExactly(
            "one.json:2:1: no such model: users.nobody",
            "one.json:3:1: no such model: nothing.aerpawuser",
            "one.json:4:1: no such model: nodot",
            "one.json:5:68: auth.group(pk=1): colour: no such field",
            "one.json:5:83: auth.group(pk=1): size: no such field");
  }

  /** L34 */
  @Test
  void objectWithoutModelOrFieldsShouldBeRefused() throws Exception {
    assertThat(
            portal.refused(
                """
                [{"pk": 1, "fields": {}},
                 {"model": "auth.group", "pk": 1},
                 {"model": "auth.group", "pk": 1, "fields": null},
                 []]
                """))
        .containsExactly(
            "one.json:1:2: the object has no model",
            "one.json:2:2: auth.group(pk=1): the object has no fields",
            "one.json:3:45: auth.group(pk=1): fields must be an object",
            "one.json:4:2: an item of a fixture must be an object");
  }

  /** L35 */
  @Test
  void valueOfAWrongTypeShouldBeRefused() throws Exception {
    Cases cases = new Cases(fieldTrip(null));
    cases.add("rovers", "5", "a whole number is expected, not text");
    cases.add(
        "rovers", 5.7, "a whole number is expected, not a number with a fraction or an exponent");
    cases.add("rovers", true, "a whole number is expected, not a boolean");
    cases.add("rovers", 40000, "the number is out of range: -32768 to 32767");
    cases.add("is_canceled", 1, "true or false is expected, not a whole number");
    cases.add("is_canceled", "true", "true or false is expected, not text");
    cases.add("site", true, "text is expected, not a boolean");
    cases.add("site", 5, "text is expected, not a whole number");
    cases.add("site", List.of("x"), "text is expected, not a list");
    cases.add("person_hours", "5", "a number is expected, not text");
    cases.add("experiment_date", "2021-02-29", "the date does not exist");
    cases.add("experiment_date", 20210228, "a date is expected, not a whole number");
    cases.add("start_time", "25:00", "a time must be from 00:00 to 23:59:59.999999");
    cases.add("start_time", "24:00", "a time must be from 00:00 to 23:59:59.999999");
    cases.add("start_time", true, "a time is expected, not a boolean");
    cases.add("created", "2022-13-01T00:00:00Z", "the date does not exist");
    cases.add(
        "created",
        "yesterday",
        "a timestamp must be YYYY-MM-DDTHH:MM:SS, with or without a fraction and a zone");
    cases.add("created", 0, "a timestamp is expected, not a whole number");

    assertThat(cases.refusedBy(portal)).isEqualTo(cases.expected());
  }

  /** L36 */
  @Test
  void valueThatTheColumnCannotHoldShouldBeRefused() throws Exception {
    Cases cases = new Cases(fieldTrip(null));
    cases.add("site", "x".repeat(256), "the text is longer than 255 characters");
    cases.add("comments", "😀".repeat(501), "the text is longer than 500 characters");
    cases.add(
        "site",
        "a\u0000b",
        "the text contains the character U+0000, which PostgreSQL cannot store");
    cases.add("rovers", null, "null is not allowed");
    cases.add("created", null, "null is not allowed");

    assertThat(cases.refusedBy(portal)).isEqualTo(cases.expected());
    portal.loaded(fieldTrip(1).with("site", "x".repeat(255)).with("comments", "😀".repeat(500)));
  }

  /** L36 */
  @Test
  void characterThatPostgresCannotStoreShouldBeReportedInNamesToo() throws Exception {
    assertThat(portal.refused(object("auth.gr\u0000up", 1), group(1, "x").with("na\u0000me", 1)))
        .containsExactly(
            "one.json:2:1: no such model: auth.gr\u0000up",
            "one.json:3:72: auth.group(pk=1): na\u0000me: no such field");

    Run run = portal.runs.newest(1).get(0);
    assertThat(portal.select("SELECT state FROM fixtures.run")).containsExactly("failed");
    assertThat(portal.otherInstance().runs.find(run.id()).orElseThrow().errors())
        .isEqualTo(run.errors());
  }

  /** L37 */
  @Test
  void duplicateNamesInAnObjectShouldBeRefused() throws Exception {
    assertThat(
            portal.refused(
                """
                [{"model": "auth.group", "pk": 1, "fields": {"name": "x", "name": "y"}},
                 {"model": "auth.group", "pk": 2, "pk": 3, "fields": {"name": "z"}}]
                """))
        .containsExactly(
            "one.json:1:59: auth.group(pk=1): name: the object contains this field twice",
            "one.json:2:35: auth.group(pk=2): the name pk is in the object twice");
  }

  /** L38 */
  @Test
  void textThatWouldExhaustTheMemoryShouldBeRefused() throws Exception {
    String deep = "[".repeat(1_000_000);
    String number = "1".repeat(1_000_000);
    String object = "[{\"model\": \"auth.group\", \"pk\": 1, \"fields\": {\"name\": ";

    assertThat(portal.refused(deep)).last().asString().endsWith("nested deeper than 32 levels");
    assertThat(portal.refused(object + deep))
        .containsExactly(
            "one.json:1:56: auth.group(pk=1): name: a list must contain plain values or lists of those",
            "one.json:1:83: nested deeper than 32 levels");
    assertThat(portal.refused(object + number + "}}]"))
        .singleElement()
        .asString()
        .isEqualTo("one.json:1:54: auth.group(pk=1): name: number longer than 1000 characters");
  }

  /** L33, L35, L36 */
  @Test
  void allErrorsShouldBeReportedAtOnce() throws Exception {
    portal
        .withFixture("a.json", user(1).with("is_staff", 3).with("email", null), group("x", "y"))
        .withFixture("b.json", profile(true), object("a.b", 1))
        .withFixture("c.json", "[{\"model\":");

    assertThat(portal.refusedFrom(LoadRequest.FIXTURES))
        .extracting(LoadErrorTest::withoutColumn)
        .containsExactly(
            "a.json:2: users.aerpawuser(pk=1): email: null is not allowed",
            "a.json:2: users.aerpawuser(pk=1): is_staff: true or false is expected, not a whole number",
            "a.json:3: auth.group: pk: a key must be a whole number",
            "b.json:2: profiles.aerpawuserprofile: pk: a whole number is expected, not a boolean",
            "b.json:3: no such model: a.b",
            "c.json:1: the file ends before the array is closed");
  }

  /** L33 */
  @Test
  void unmappedColumnShouldBeReportedBeforeAnythingIsWritten() throws Exception {
    portal.database.execute("ALTER TABLE auth_group ADD COLUMN colour text");

    assertThat(portal.refused(group(1, "x")))
        .containsExactly(
            "the portal does not know the column auth_group.colour; its values would be lost");
  }

  @Test
  void missingColumnAndTableShouldBeReported() throws Exception {
    portal.database.execute(
        "ALTER TABLE users_aerpawuser DROP COLUMN email; DROP TABLE auth_group_permissions");

    assertThat(portal.refused(group(1, "x"), user(1)))
        .containsExactly("no table auth_group_permissions", "no column users_aerpawuser.email");
  }

  @Test
  void rowsThatTheDatabaseDiscardsShouldFailTheLoad() throws Exception {
    portal.database.execute(
        "CREATE RULE discard AS ON INSERT TO operations_canonicalnumber DO INSTEAD NOTHING");

    assertThat(portal.refused(canonicalNumber(1, 1)))
        .containsExactly(
            "operations.canonicalnumber: the database created 0 rows instead of 1; check the table"
                + " for triggers and rules");
  }

  @Test
  void violationOfAnUnmappedConstraintShouldNameTheConstraint() throws Exception {
    portal.database.execute(
        "ALTER TABLE auth_group ADD CONSTRAINT short_name CHECK (length(name) < 3)");

    assertThat(portal.refused(group(1, "secret")))
        .containsExactly(
            "one.json:2:1: auth.group(pk=1): database error: new row for relation \"auth_group\" violates check"
                + " constraint \"short_name\" (23514)");
  }

  private static String withoutColumn(String error) {
    return error.replaceFirst("^([^:]+:[0-9]+):[0-9]+", "$1");
  }

  /** Objects of one model, each with one invalid value, and the expected errors. */
  private record Cases(Item valid, List<Item> items, List<String> expected) {

    private static final Pattern ERROR =
        Pattern.compile("one\\.json:(\\d+):(\\d+): ([a-z_.]+): (\\w+): (.*)");

    Cases(Item valid) {
      this(valid, new ArrayList<>(), new ArrayList<>());
    }

    void add(String field, Object value, String reason) {
      items.add(valid.with(field, value));
      expected.add(field + ": " + reason);
    }

    List<String> refusedBy(TestPortal portal) throws Exception {
      List<String> reasons = new ArrayList<>();
      for (String error : portal.refused(items.toArray(Item[]::new))) {
        Matcher parts = ERROR.matcher(error);
        assertThat(parts.matches()).as(error).isTrue();
        assertThat(parts.group(1)).as("line").isEqualTo(String.valueOf(reasons.size() + 2));
        reasons.add(parts.group(4) + ": " + parts.group(5));
      }
      return reasons;
    }
  }
}

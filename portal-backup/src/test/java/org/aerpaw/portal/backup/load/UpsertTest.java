package org.aerpaw.portal.backup.load;

import static org.aerpaw.portal.backup.Fixture.canonicalNumber;
import static org.aerpaw.portal.backup.Fixture.experiment;
import static org.aerpaw.portal.backup.Fixture.fieldTrip;
import static org.aerpaw.portal.backup.Fixture.fixture;
import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.object;
import static org.aerpaw.portal.backup.Fixture.profile;
import static org.aerpaw.portal.backup.Fixture.project;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.Fixture.Item;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Creation and update of rows, with and without primary keys. */
@ExtendWith(TestPortalExtension.class)
class UpsertTest {

  private static final String USERS_BUT_2 =
      "SELECT xmin, ctid, * FROM users_aerpawuser WHERE id <> 2 ORDER BY id";
  private static final String JOIN_ROWS =
      "SELECT xmin, * FROM users_aerpawuser_groups ORDER BY aerpawuser_id, group_id";

  private final TestPortal portal;

  UpsertTest(TestPortal portal) {
    this.portal = portal;
  }

  /** L04 */
  @Test
  void objectShouldUpdateTheRowWithItsKeyAndNoOther() throws Exception {
    portal.loaded(user(1), user(2), user(3));
    List<String> others = portal.select(USERS_BUT_2);

    var report = portal.loaded(user(2).with("first_name", "Ada"));

    assertThat(portal.select("SELECT first_name FROM users_aerpawuser WHERE id = 2"))
        .containsExactly("Ada");
    assertThat(portal.select(USERS_BUT_2)).isEqualTo(others);
    assertThat(report.models()).isEqualTo(Map.of("users.aerpawuser", new Counts(0, 1, 0, 0)));
  }

  /** L04 */
  @Test
  void equalRowShouldNotBeWritten() throws Exception {
    var joined = "2022-01-01T00:00:01Z";
    var ada = user(2).with("date_joined", joined).with("groups", List.of(1, 2));
    portal.loaded(group(1, "one"), group(2, "two"), ada, fieldTrip(1).with("person_hours", 0.5));
    List<String> rows = portal.select("SELECT xmin, ctid, * FROM users_aerpawuser");
    List<String> joinRows = portal.select(JOIN_ROWS);

    var report = portal.loaded(ada, fieldTrip(1).with("person_hours", 0.5));

    assertThat(portal.select("SELECT xmin, ctid, * FROM users_aerpawuser")).isEqualTo(rows);
    assertThat(portal.select(JOIN_ROWS)).isEqualTo(joinRows);
    assertThat(report.unchanged()).isEqualTo(2);
    assertThat(report.updated()).isZero();
  }

  /** L04 */
  @Test
  void changedListShouldWriteOnlyTheChangedItems() throws Exception {
    var ada = user(2).with("date_joined", "2022-01-01T00:00:01Z");
    portal.loaded(
        group(1, "one"),
        group(2, "two"),
        group(3, "three"),
        ada.with("groups", List.of(1, 2)),
        user(3).with("groups", List.of(1)));
    List<String> user = portal.select("SELECT xmin, * FROM users_aerpawuser WHERE id = 2");
    String kept = "SELECT xmin, * FROM users_aerpawuser_groups WHERE group_id = 1 ORDER BY id";
    List<String> keptRows = portal.select(kept);

    var report = portal.loaded(ada.with("groups", List.of(1, 3)));

    assertThat(portal.select("SELECT aerpawuser_id, group_id FROM users_aerpawuser_groups"))
        .containsExactlyInAnyOrder("2 1", "2 3", "3 1");
    assertThat(portal.select(kept)).isEqualTo(keptRows);
    assertThat(portal.select("SELECT xmin, * FROM users_aerpawuser WHERE id = 2")).isEqualTo(user);
    assertThat(report.updated()).isEqualTo(1);
  }

  /** L04 */
  @Test
  void negativeZeroShouldReplaceZero() throws Exception {
    portal.loaded(fieldTrip(1).with("person_hours", 0.0));

    var report = portal.loaded(fieldTrip(1).with("person_hours", -0.0));

    assertThat(report.updated()).isEqualTo(1);
    assertThat(portal.select("SELECT person_hours FROM experiment_info_fieldtrip"))
        .containsExactly("-0");
  }

  /** L07 */
  @ParameterizedTest
  @CsvSource({
    "is_superuser, f",
    "is_active, t",
    "last_login, null",
    "profile_id, null",
    "first_name, ''"
  })
  void missingFieldShouldGetItsDefaultInNewAndExistingRows(String column, String expected)
      throws Exception {
    var given =
        user(1)
            .with("is_superuser", true)
            .with("is_active", false)
            .with("last_login", "2022-01-01T00:00:01Z")
            .with("profile", 1)
            .with("first_name", "Ada");
    portal.loaded(profile(1), given);

    portal.loaded(user(1), user(2));

    assertThat(portal.select("SELECT " + column + " FROM users_aerpawuser"))
        .containsExactly(expected, expected);
  }

  /** L07 */
  @Test
  void missingChoiceShouldGetTheDefaultOfTheModel() throws Exception {
    portal.loaded(user(1), project(1, 1), canonicalNumber(1, 1), experiment(1, 1, 1, 1));

    assertThat(
            portal.select(
                "SELECT experiment_state, experiment_flags, is_canonical FROM"
                    + " experiments_aerpawexperiment"))
        .containsExactly("saved 000 t");
  }

  /** L07 */
  @Test
  void missingJoinDateShouldBeTheTimeOfTheLoad() throws Exception {
    Instant before = Instant.now();

    portal.loaded(user(1));

    try (var connection = portal.database.connect();
        var joined =
            connection.createStatement().executeQuery("SELECT date_joined FROM users_aerpawuser")) {
      joined.next();
      assertThat(joined.getObject(1, OffsetDateTime.class).toInstant())
          .isBetween(before.minusMillis(1), Instant.now());
    }
  }

  /** L07 */
  @Test
  void missingFieldWithoutDefaultShouldBeRefused() throws Exception {
    assertThat(
            portal.refused(
                canonicalNumber(1, 1).without("canonical_number"),
                canonicalNumber(2, 1).without("created")))
        .containsExactly(
            "one.json:2:1: operations.canonicalnumber(pk=1): canonical_number: the field is"
                + " missing and has no default",
            "one.json:3:1: operations.canonicalnumber(pk=2): created: the field is missing and"
                + " has no default");
  }

  /** L08 */
  @Test
  void objectWithoutKeyShouldGetTheNextKey() throws Exception {
    portal.loaded(group(null, "first"));
    portal.loaded(group(7, "seventh"), group(null, "eighth"));
    portal.loaded(
        """
        [{"model": "auth.group", "fields": {"name": "ninth"}}]
        """);

    assertThat(portal.select("SELECT id, name FROM auth_group ORDER BY id"))
        .containsExactly("1 first", "7 seventh", "8 eighth", "9 ninth");
  }

  /** L08 */
  @Test
  void keyThatTheSequenceReturnedBeforeShouldNotBeAssigned() throws Exception {
    portal.database.execute(
        "INSERT INTO auth_group (name) VALUES ('one'), ('two'); DELETE FROM auth_group");

    portal.loaded(group(null, "three"));

    assertThat(portal.select("SELECT id FROM auth_group")).containsExactly("3");
  }

  /** L08 */
  @ParameterizedTest
  @CsvSource({
    "'\"12\"', 12",
    "0, 0",
    "-5, -5",
    "2147483647, 2147483647",
    "-2147483648, -2147483648"
  })
  void keyShouldBeReadAsANumber(String json, String key) throws Exception {
    portal.loaded(
        "[{\"model\": \"auth.group\", \"pk\": " + json + ", \"fields\": {\"name\": \"x\"}}]");

    assertThat(portal.select("SELECT id FROM auth_group")).containsExactly(key);
  }

  /** L08 */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2147483648      | the number is out of range: -2147483648 to 2147483647",
        "-2147483649     | the number is out of range: -2147483648 to 2147483647",
        "\"99999999999\" | the number is out of range: -2147483648 to 2147483647",
        "1.5             | a whole number is expected, not a number with a fraction or an exponent",
        "true            | a whole number is expected, not a boolean",
        "\"\"            | a key must be a whole number",
        "\"twelve\"      | a key must be a whole number"
      })
  void invalidKeyShouldBeRefused(String json, String reason) throws Exception {
    assertThat(
            portal.refused(
                "[{\"model\": \"auth.group\", \"pk\": "
                    + json
                    + ", \"fields\": {\"name\": \"x\"}}]"))
        .containsExactly("one.json:1:2: auth.group: pk: " + reason);
  }

  /** L09 */
  @Test
  void createdAndModifiedShouldBeLoadedFromTheFixture() throws Exception {
    portal.loaded(profile(1).with("created", "2001-02-03T04:05:06.000007Z"));
    portal.loaded(profile(1).with("modified", "2002-03-04T05:06:07.123Z"));

    assertThat(
            portal.select(
                "SELECT created AT TIME ZONE 'UTC', modified AT TIME ZONE 'UTC' FROM"
                    + " profiles_aerpawuserprofile"))
        .containsExactly("2022-01-01 00:00:01 2002-03-04 05:06:07.123");
  }

  /** L10 */
  @Test
  void duplicateKeyShouldBeRefusedWithBothPositions() throws Exception {
    assertThat(portal.refused(group(1, "a"), group(2, "b"), group("1", "c")))
        .containsExactly(
            "one.json:4:1: auth.group(pk=1): an object with the same key but different content is"
                + " at one.json:2:1");
  }

  /** L10 */
  @Test
  void duplicateKeyInTwoFilesShouldBeRefusedWithBothPositions() throws Exception {
    portal.withFixture("a.json", group(1, "a")).withFixture("b.json", group(2, "b"), group(1, "c"));

    assertThat(portal.refusedFrom(LoadRequest.FIXTURES))
        .containsExactly(
            "b.json:3:1: auth.group(pk=1): an object with the same key but different content is at"
                + " a.json:2:1");
  }

  @Test
  void objectsThatOccurAgainWithTheSameContentAreLoadedOnce() throws Exception {
    Item user = user(7).with("date_joined", "2022-01-01T00:00:00Z");
    portal
        .withFixture("a.json", group(1, "a"), group(2, "b"), user.with("groups", List.of(1, 2)))
        .withFixture("b.json", user.with("groups", List.of(2, 1)), group(3, "c"), group(1, "a"));

    Run load = portal.load();

    assertThat(load.errors()).isEmpty();
    LoadReport report = load.report(LoadReport.class);
    assertThat(report.created()).isEqualTo(4);
    assertThat(report.objects()).isEqualTo(4);
    assertThat(report.warnings())
        .containsExactly("duplicate objects with the same content, each loaded only once: 2");
    assertThat(portal.select("SELECT name FROM auth_group ORDER BY id"))
        .containsExactly("a", "b", "c");
    assertThat(portal.select("SELECT group_id FROM users_aerpawuser_groups ORDER BY 1"))
        .containsExactly("1", "2");
  }

  /** Null and an absent list are contents too. */
  @Test
  void objectsThatOccurAgainAreRefusedIfAnyValueDiffers() throws Exception {
    Item first = user(7).with("groups", List.of()).with("profile", null);
    for (Item again :
        List.of(
            first.with("first_name", "A"),
            first.with("groups", List.of(1)),
            first.without("groups"),
            first.with("user_permissions", List.of()))) {
      assertThat(portal.refused(group(1, "a"), first, first, again))
          .singleElement()
          .asString()
          .contains(
              "users.aerpawuser(pk=7): an object with the same key but different content is at"
                  + " one.json:3:1");
    }
  }

  /** L34 */
  @Test
  void labelShouldBeCaseInsensitiveAndUnknownMembersShouldBeIgnored() throws Exception {
    portal.loaded(
        """
        [{"comment": [{}], "model": "Auth.GROUP", "pk": 1, "fields": {"name": "x"}, "more": {"a": 1}}]
        """);

    assertThat(portal.select("SELECT name FROM auth_group")).containsExactly("x");
  }

  /** L31 */
  @Test
  void fixtureWithoutObjectsShouldLoadNothing() throws Exception {
    assertThat(portal.loaded("[]").objects()).isZero();
    assertThat(portal.loaded(fixture()).objects()).isZero();
  }

  /** L32 */
  @Test
  void byteOrderMarkShouldBeIgnored() throws Exception {
    assertThat(portal.loaded("\uFEFF" + fixture(group(1, "x"))).created()).isEqualTo(1);
  }

  /** L35 */
  @Test
  void timestampWithoutTimeZoneShouldBeUtcAndCauseOneWarning() throws Exception {
    var report =
        portal.loaded(
            profile(1).with("created", "2022-01-01T00:00:01").with("modified", "2022-01-01 10:00"),
            profile(2).with("created", "2022-01-01T02:00:01+02:00"));

    assertThat(
            portal.select(
                "SELECT DISTINCT created AT TIME ZONE 'UTC' FROM profiles_aerpawuserprofile"))
        .containsExactly("2022-01-01 00:00:01");
    assertThat(report.warnings())
        .containsExactly("one.json: timestamps without a time zone were read as UTC");
  }

  @Test
  void progressShouldCountFewObjectsToo() throws Exception {
    portal.withFixture("a.json", group(1, "a"), group(2, "b"));

    assertThat(portal.load().progress().objects()).isEqualTo(2);
  }

  @Test
  void textWithUnusualCharactersShouldBeStoredUnchanged() throws Exception {
    String odd = "\u0001\b\t\n\f\r\"\\/\u007f\u0085\u2028\ufeff\uffff😀'$1%s{0}";

    portal.loaded(object("auth.group", 1).with("name", odd));

    assertThat(portal.select("SELECT name FROM auth_group")).containsExactly(odd);
  }
}

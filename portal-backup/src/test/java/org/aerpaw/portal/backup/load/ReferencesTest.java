package org.aerpaw.portal.backup.load;

import static java.util.stream.IntStream.rangeClosed;
import static org.aerpaw.portal.backup.Fixture.canonicalNumber;
import static org.aerpaw.portal.backup.Fixture.credentials;
import static org.aerpaw.portal.backup.Fixture.experiment;
import static org.aerpaw.portal.backup.Fixture.fixture;
import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.object;
import static org.aerpaw.portal.backup.Fixture.profile;
import static org.aerpaw.portal.backup.Fixture.project;
import static org.aerpaw.portal.backup.Fixture.scheduledSession;
import static org.aerpaw.portal.backup.Fixture.session;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.aerpaw.portal.backup.Fixture.Item;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** References, lists, parents and unique values among the objects of a load and the database. */
@ExtendWith(TestPortalExtension.class)
class ReferencesTest {

  private static final Item[] EXPERIMENT = {
    user(1), project(1, 1), canonicalNumber(1, 1), experiment(1, 1, 1, 1)
  };

  private final TestPortal portal;

  ReferencesTest(TestPortal portal) {
    this.portal = portal;
  }

  /** L20 */
  @Test
  void referenceMayPointForwardAndBackward() throws Exception {
    portal.loaded(project(1, 1), user(1), project(2, 1));

    assertThat(
            portal.select("SELECT id, project_creator_id FROM projects_aerpawproject ORDER BY 1"))
        .containsExactly("1 1", "2 1");
  }

  /** L20 */
  @Test
  void referenceMayPointToAnotherFileInAnyOrder() throws Exception {
    portal
        .withFixture("a.json", project(1, 2), user(1).with("profile", 1))
        .withFixture("b.json", user(2), profile(1));

    assertThat(portal.load().errors()).isEmpty();
    assertThat(portal.select("SELECT project_creator_id FROM projects_aerpawproject"))
        .containsExactly("2");
  }

  /** L20 */
  @Test
  void referenceMayPointToAnExistingRow() throws Exception {
    portal.loaded(user(1));

    portal.loaded(project(1, 1));

    assertThat(portal.select("SELECT project_creator_id FROM projects_aerpawproject"))
        .containsExactly("1");
  }

  /** L21 */
  @Test
  void danglingReferenceShouldBeReportedWithItsPosition() throws Exception {
    assertThat(
            portal.refused(
                """
                [
                  {
                    "model": "users.aerpawuser",
                    "pk": 7,
                    "fields": {
                      "created": "2022-01-01T00:00:01Z",
                      "modified": "2022-01-01T00:00:01Z",
                      "profile": 99
                    }
                  }
                ]
                """))
        .containsExactly(
            "one.json:8:18: users.aerpawuser(pk=7): profile: no"
                + " profiles.aerpawuserprofile(pk=99) in the database or in this load");
  }

  /** L21 */
  @Test
  void danglingReferencesShouldBeReportedInFileOrder() throws Exception {
    portal
        .withFixture("a.json", project(1, 7), project(2, 1))
        .withFixture("b.json", user(1).with("profile", 8), credentials(3, 9));

    assertThat(portal.refusedFrom(LoadRequest.FIXTURES))
        .extracting(error -> error.replaceAll(":[0-9]+: ", ": "))
        .containsExactly(
            "a.json:2: projects.aerpawproject(pk=1): project_creator: no"
                + " users.aerpawuser(pk=7) in the database or in this load",
            "b.json:2: users.aerpawuser(pk=1): profile: no"
                + " profiles.aerpawuserprofile(pk=8) in the database or in this load",
            "b.json:3: credentials.publiccredentials(pk=3): owner: no"
                + " users.aerpawuser(pk=9) in the database or in this load");
  }

  /** L21 */
  @Test
  void onlyTheFirstHundredErrorsShouldBeReported() throws Exception {
    Item[] dangling = rangeClosed(1, 60).mapToObj(pk -> project(pk, pk)).toArray(Item[]::new);
    Item[] more =
        rangeClosed(1, 60).mapToObj(pk -> user(pk + 100).with("profile", pk)).toArray(Item[]::new);

    List<String> errors =
        portal
            .withFixture("a.json", dangling)
            .withFixture("b.json", more)
            .refusedFrom(LoadRequest.FIXTURES);

    assertThat(errors).hasSize(100);
    assertThat(errors.get(0)).startsWith("a.json:2:");
    assertThat(errors.get(99)).startsWith("b.json:41:");
  }

  /** L23 */
  @Test
  void absentListShouldChangeNothingAndEmptyListShouldRemoveAllItems() throws Exception {
    portal.loaded(
        group(1, "one"), user(1).with("groups", List.of(1)), user(2).with("groups", List.of(1)));

    portal.loaded(user(1), user(2).with("groups", List.of()));

    assertThat(portal.select("SELECT aerpawuser_id, group_id FROM users_aerpawuser_groups"))
        .containsExactly("1 1");
  }

  /** L23 */
  @Test
  void duplicateKeysInAListShouldCountOnce() throws Exception {
    portal.loaded(group(1, "one"), user(1).with("groups", List.of(1, "1", 1)));

    assertThat(portal.select("SELECT aerpawuser_id, group_id FROM users_aerpawuser_groups"))
        .containsExactly("1 1");
  }

  /** L23 */
  @Test
  void listOfAnObjectWithoutKeyShouldGetTheAssignedKey() throws Exception {
    portal.loaded(group(1, "one"), user(null).with("groups", List.of(1)));

    assertThat(portal.select("SELECT id FROM users_aerpawuser")).containsExactly("1");
    assertThat(portal.select("SELECT aerpawuser_id, group_id FROM users_aerpawuser_groups"))
        .containsExactly("1 1");
  }

  /** L23 */
  @Test
  void danglingItemOfAListShouldBeReportedOnce() throws Exception {
    assertThat(
            portal.refused(group(1, "one"), user(1).with("groups", List.of(1, 5, "5"))).stream()
                .map(error -> error.replaceAll("^one.json:3:[0-9]+: ", "")))
        .containsExactly(
            "users.aerpawuser(pk=1): groups: no auth.group(pk=5) in the database or in this load");
  }

  /** L23 */
  @Test
  void invalidListShouldBeRefused() throws Exception {
    assertThat(
            portal.refused(
                user(1).with("groups", null),
                user(2).with("groups", Arrays.asList(1, null)),
                user(3).with("groups", 4)))
        .extracting(error -> error.replaceAll("^one.json:[0-9]+:[0-9]+: ", ""))
        .containsExactly(
            "users.aerpawuser(pk=1): groups: a list of keys is expected",
            "users.aerpawuser(pk=2): groups: a whole number is expected, not null",
            "users.aerpawuser(pk=3): groups: a list of keys is expected");
  }

  /** L23 */
  @Test
  void relationWithAThroughModelShouldNotBeAField() throws Exception {
    assertThat(portal.refused(user(1), project(1, 1).with("project_membership", List.of(1))))
        .singleElement()
        .asString()
        .endsWith("projects.aerpawproject(pk=1): project_membership: no such field");
  }

  /** L24 */
  @Test
  void childMayComeBeforeItsParent() throws Exception {
    portal.loaded(EXPERIMENT);

    portal.loaded(scheduledSession(5).with("description", "later"), session(5, 1));

    assertThat(
            portal.select(
                "SELECT id, description FROM experiments_ondemandsession JOIN"
                    + " experiments_scheduledsession ON ondemandsession_ptr_id = id"))
        .containsExactly("5 later");
  }

  /** L24 */
  @Test
  void parentMayBeLoadedBeforeItsChild() throws Exception {
    portal.loaded(EXPERIMENT);
    portal.loaded(session(5, 1));

    portal.loaded(scheduledSession(5));

    assertThat(portal.select("SELECT session_state FROM experiments_scheduledsession"))
        .containsExactly("wait_schedule");
  }

  /** L24 */
  @Test
  void childWithoutParentShouldBeRefused() throws Exception {
    assertThat(portal.refused(scheduledSession(5)))
        .containsExactly(
            "one.json:2:1: experiments.scheduledsession(pk=5): no"
                + " experiments.ondemandsession(pk=5) in the database or in this load");
    assertThat(portal.refused(scheduledSession(null)))
        .containsExactly(
            "one.json:2:1: experiments.scheduledsession: pk: the primary key of its"
                + " experiments.ondemandsession is missing");
  }

  /** L24 */
  @Test
  void childWithoutKeyMayReferToItsParentInAFieldAsInDjango() throws Exception {
    portal.loaded(EXPERIMENT);
    portal.loaded(session(5, 1), session(6, 1));

    portal.loaded(
        scheduledSession(null).with("ondemandsession_ptr", 5),
        scheduledSession(6).with("ondemandsession_ptr", 6));

    assertThat(
            portal.select(
                "SELECT ondemandsession_ptr_id FROM experiments_scheduledsession ORDER BY 1"))
        .containsExactly("5", "6");
    assertThat(portal.refused(scheduledSession(5).with("ondemandsession_ptr", 6)))
        .containsExactly(
            "one.json:2:1: experiments.scheduledsession: pk: pk and ondemandsession_ptr differ");
  }

  /** L25 */
  @Test
  void twoRowsMaySwapUniqueValues() throws Exception {
    portal.loaded(group(1, "a"), group(2, "b"));

    var report = portal.loaded(group(1, "b"), group(2, "a"));

    assertThat(portal.select("SELECT id, name FROM auth_group ORDER BY 1"))
        .containsExactly("1 b", "2 a");
    assertThat(report.updated()).isEqualTo(2);
    assertThat(report.created()).isZero();
  }

  /** L25 */
  @Test
  void uniqueValuesMayRotate() throws Exception {
    portal.loaded(group(1, "a"), group(2, "b"), group(3, "c"));

    portal.loaded(group(1, "b"), group(2, "c"), group(3, "a"));

    assertThat(portal.select("SELECT id, name FROM auth_group ORDER BY 1"))
        .containsExactly("1 b", "2 c", "3 a");
  }

  /** L25 */
  @Test
  void uniqueValuesMayMoveFromRowToRow() throws Exception {
    portal.loaded(group(1, "a"), group(2, "b"));

    var report = portal.loaded(group(3, "a"), group(1, "b"), group(2, "c"));

    assertThat(portal.select("SELECT id, name FROM auth_group ORDER BY 1"))
        .containsExactly("1 b", "2 c", "3 a");
    assertThat(report.updated()).isEqualTo(2);
    assertThat(report.created()).isEqualTo(1);
  }

  /** L25 */
  @Test
  void valuesThatAreUniqueTogetherMaySwap() throws Exception {
    Item add = object("auth.permission", 1001).with("name", "x").with("content_type", 1);
    Item view = object("auth.permission", 1002).with("name", "y").with("content_type", 1);
    portal.loaded(add.with("codename", "p"), view.with("codename", "q"));

    portal.loaded(add.with("codename", "q"), view.with("codename", "p"));

    assertThat(portal.select("SELECT id, codename FROM auth_permission WHERE id > 1000 ORDER BY 1"))
        .containsExactly("1001 q", "1002 p");
  }

  /** L25 */
  @Test
  void referencesToRowsThatSwapValuesShouldBeKept() throws Exception {
    portal.loaded(
        group(1, "a"), group(2, "b"), user(1).with("groups", List.of(1)), project(1, 1), user(2));

    portal.loaded(
        group(1, "b"),
        group(2, "a"),
        user(1).with("username", "user2"),
        user(2).with("username", "user1"));

    assertThat(portal.select("SELECT aerpawuser_id, group_id FROM users_aerpawuser_groups"))
        .containsExactly("1 1");
    assertThat(portal.select("SELECT project_creator_id FROM projects_aerpawproject"))
        .containsExactly("1");
  }

  /** L25 */
  @Test
  void swapShouldBeRefusedIfItWouldDeleteOtherRowsByCascade() throws Exception {
    portal.loaded(group(1, "a"), group(2, "b"));
    portal.database.execute(
        "CREATE TABLE note (group_id integer CONSTRAINT note_group REFERENCES auth_group ON DELETE CASCADE)");

    assertThat(portal.refused(group(1, "b"), group(2, "a")))
        .containsExactly(
            "auth.group: the load must delete rows to swap unique values, but these foreign keys have an ON DELETE"
                + " action, which would change other rows: note_group");
  }

  /** L36 */
  @Test
  void duplicateValueShouldBeRefusedWithBothPositions() throws Exception {
    assertThat(portal.refused(group(1, "a"), group(2, "b"), group(3, "a")))
        .containsExactly(
            "one.json:4:53: auth.group(pk=3): name: duplicate value, also used at one.json:2:53");
  }

  /** L36 */
  @Test
  void valueOfAnotherRowShouldBeRefusedWithTheKeyOfTheRow() throws Exception {
    portal.loaded(group(1, "a"));

    assertThat(portal.refused(group(2, "a")))
        .containsExactly(
            "one.json:2:53: auth.group(pk=2): name: duplicate value, also used by auth.group(pk=1) in the database");
  }

  /** L36 */
  @Test
  void duplicateCombinationOfValuesShouldBeRefused() throws Exception {
    Item permission = object("auth.permission", 1001).with("name", "x").with("codename", "p");

    assertThat(
            portal.refused(
                fixture(
                    permission.with("content_type", 1),
                    new Item(
                        "auth.permission", 1002, permission.with("content_type", 1).fields()))))
        .containsExactly(
            "one.json:3:1: auth.permission(pk=1002): content_type, codename: duplicate value, also"
                + " used at one.json:2:1");
  }
}

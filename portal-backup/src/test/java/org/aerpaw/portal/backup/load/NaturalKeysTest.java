package org.aerpaw.portal.backup.load;

import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.object;
import static org.aerpaw.portal.backup.Fixture.project;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.aerpaw.portal.backup.Fixture.Item;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** L26: references by natural key, and objects without a primary key. */
@ExtendWith(TestPortalExtension.class)
class NaturalKeysTest {

  private static final String GROUPS_OF_USERS =
      "SELECT username, name FROM users_aerpawuser_groups JOIN users_aerpawuser u"
          + " ON u.id = aerpawuser_id JOIN auth_group g ON g.id = group_id ORDER BY 1, 2";

  private final TestPortal portal;

  NaturalKeysTest(TestPortal portal) {
    this.portal = portal;
  }

  @Test
  void targetShouldBeFoundInTheDatabase() throws Exception {
    portal.loaded(group(5, "experimenter"), user(7));

    portal.loaded(
        user(1).with("groups", List.of(List.of("experimenter"))),
        project(1, 7).with("project_creator", List.of("user7")),
        group(6, "admin")
            .with(
                "permissions",
                List.of(
                    List.of("add_aerpawuser", "users", "aerpawuser"),
                    List.of("add_aerpawproject", "projects", "aerpawproject"))));

    assertThat(portal.select(GROUPS_OF_USERS)).containsExactly("user1 experimenter");
    assertThat(portal.select("SELECT project_creator_id FROM projects_aerpawproject"))
        .containsExactly("7");
    assertThat(
            portal.select(
                "SELECT codename FROM auth_group_permissions JOIN auth_permission p ON p.id"
                    + " = permission_id ORDER BY 1"))
        .containsExactly("add_aerpawproject", "add_aerpawuser");
  }

  @Test
  void targetShouldBeFoundAsTheLoadChangesIt() throws Exception {
    portal.loaded(group(1, "a"), group(2, "b"));

    portal.loaded(
        user(1).with("groups", List.of(List.of("a"), List.of("c"))),
        group(1, "b"),
        group(2, "a"),
        group(null, "c"));

    assertThat(portal.select("SELECT group_id FROM users_aerpawuser_groups ORDER BY 1"))
        .containsExactly("2", "3");
  }

  @Test
  void naturalKeysMayContainReferencesByNaturalKey() throws Exception {
    portal.loaded(
        group(1, "a")
            .with(
                "permissions", List.of(List.of("fly", "drones", "drone"), List.of("p", "x", "y"))),
        object("auth.permission", null)
            .with("name", "may fly")
            .with("content_type", List.of("drones", "drone"))
            .with("codename", "fly"),
        object("auth.permission", 2001)
            .with("name", "p")
            .with("content_type", List.of("x", "y"))
            .with("codename", "p"),
        object("contenttypes.contenttype", 900).with("app_label", "x").with("model", "y"),
        object("contenttypes.contenttype", null)
            .with("app_label", "drones")
            .with("model", "drone"));

    assertThat(
            portal.select(
                "SELECT codename, app_label, model FROM auth_group_permissions JOIN"
                    + " auth_permission p ON p.id = permission_id"
                    + " JOIN django_content_type c ON c.id = content_type_id ORDER BY 1"))
        .containsExactly("fly drones drone", "p x y");
  }

  @Test
  void naturalAndPrimaryKeyOfTheSameObjectInAListShouldCountOnce() throws Exception {
    portal.loaded(
        group(1, "a"), user(1).with("groups", List.of(1, List.of("a"), List.of("a"), "1")));

    assertThat(portal.select(GROUPS_OF_USERS)).containsExactly("user1 a");
  }

  @Test
  void objectWithoutKeyShouldUpdateTheRowWithItsNaturalKey() throws Exception {
    portal.loaded(user(7).with("first_name", "Ada"), group(3, "a"));

    var report =
        portal.loaded(
            new Item("users.aerpawuser", null, user(7).with("first_name", "Grace").fields()),
            group(null, "a"),
            group(null, "b"));

    assertThat(portal.select("SELECT id, first_name FROM users_aerpawuser"))
        .containsExactly("7 Grace");
    assertThat(portal.select("SELECT id, name FROM auth_group ORDER BY 1"))
        .containsExactly("3 a", "4 b");
    assertThat(report.updated()).isEqualTo(1);
    assertThat(report.unchanged()).isEqualTo(1);
    assertThat(report.created()).isEqualTo(1);
  }

  @Test
  void objectWithoutKeyShouldNotUpdateTheRowOfAnotherObject() throws Exception {
    portal.loaded(group(1, "a"));

    portal.loaded(group(1, "b"), group(null, "a"));

    assertThat(portal.select("SELECT id, name FROM auth_group ORDER BY 1"))
        .containsExactly("1 b", "2 a");
  }

  @Test
  void twoObjectsWithoutKeyForTheSameRowShouldBeRefused() throws Exception {
    portal.loaded(group(1, "a"));

    assertThat(portal.refused(group(null, "a"), group(null, "a").with("permissions", List.of(1))))
        .containsExactly(
            "one.json:3:1: auth.group(pk=1): an object with the same key but different content is at"
                + " one.json:2:1");
  }

  @Test
  void insertShouldRefuseExistingNaturalKeys() throws Exception {
    portal.loaded(group(1, "a"));
    portal.withFixture("a.json", group(null, "a"));

    assertThat(portal.refused(LoadRequest.of(LoadRequest.FIXTURES, List.of(), LoadMode.INSERT)))
        .containsExactly("a.json:2:1: auth.group(pk=1): the key already exists in the database");
  }

  @Test
  void naturalKeyOfARowThatAReplacingLoadDeletesShouldNotResolve() throws Exception {
    portal.loaded(group(1, "a"), group(2, "b"));
    portal.withFixture("a.json", group(2, "c"), user(1).with("groups", List.of(List.of("a"))));

    assertThat(portal.refused(LoadRequest.of(LoadRequest.FIXTURES, List.of(), LoadMode.REPLACE)))
        .singleElement()
        .asString()
        .endsWith(
            "users.aerpawuser(pk=1): groups: no auth.group with natural key [a] in the database or in this load");
  }

  @Test
  void unresolvedNaturalKeysShouldBeShownForGroupsAndPermissionsOnly() throws Exception {
    assertThat(
            refused(
                user(1).with("groups", List.of(List.of("pilot"), List.of("copilot"))),
                project(1, 1).with("project_creator", List.of("secret")),
                group(1, "a").with("permissions", List.of(List.of("fly", "drones", "drone")))))
        .containsExactly(
            "users.aerpawuser(pk=1): groups: no auth.group with natural key [copilot] in the database or in this load",
            "users.aerpawuser(pk=1): groups: no auth.group with natural key [pilot] in the database or in this load",
            "projects.aerpawproject(pk=1): project_creator: no users.aerpawuser with"
                + " the given natural key in the database or in this load",
            "auth.group(pk=1): permissions: no auth.permission with natural key [fly, drones,"
                + " drone] in the database or in this load");
  }

  @Test
  void ambiguousNaturalKeyShouldBeRefused() throws Exception {
    assertThat(refused(group(1, "a"), group(2, "a"), user(1).with("groups", List.of(List.of("a")))))
        .containsExactly(
            "auth.group(pk=2): name: duplicate value, also used at one.json:2:53",
            "users.aerpawuser(pk=1): groups: more than one auth.group with natural key [a]");
  }

  @Test
  void invalidNaturalKeyShouldBeRefused() throws Exception {
    assertThat(
            refused(
                user(1).with("profile", List.of("x")),
                user(2).with("groups", List.of(List.of("a", "b"))),
                group(3, "c").with("permissions", List.of(List.of("fly"))),
                user(4).with("groups", List.of(List.of())),
                user(5).with("groups", List.of(Arrays.asList((Object) null))),
                user(6).with("groups", List.of(List.of("a\0"))),
                user(7).with("username", List.of("a"))))
        .containsExactly(
            "users.aerpawuser(pk=1): profile: a primary key is expected, since"
                + " profiles.aerpawuserprofile has no natural key",
            "users.aerpawuser(pk=2): groups: the natural key of auth.group has 1 part, not 2",
            "auth.group(pk=3): permissions: the natural key of auth.permission has 3 parts, not 1",
            "users.aerpawuser(pk=4): groups: the natural key of auth.group has 1 part, not 0",
            "users.aerpawuser(pk=5): groups: text or a whole number is expected, not null",
            "users.aerpawuser(pk=6): groups: the text contains the character U+0000, which PostgreSQL cannot store",
            "users.aerpawuser(pk=7): username: text is expected, not a list");
  }

  private List<String> refused(Item... items) throws Exception {
    return portal.refused(items).stream()
        .map(error -> error.replaceAll("^one.json:[0-9]+:[0-9]+: ", ""))
        .toList();
  }
}

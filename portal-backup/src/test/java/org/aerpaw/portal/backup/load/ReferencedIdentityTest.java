package org.aerpaw.portal.backup.load;

import static org.aerpaw.portal.backup.Fixture.fixture;
import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L27: references to groups and permissions must have the same meaning as in the set. */
class ReferencedIdentityTest {

  @TempDir Path folder;
  private TestPortal portal;

  @BeforeEach
  void migrate() throws Exception {
    portal = TestPortal.migrated(folder);
    portal.loaded(
        group(1, "experimenter"),
        group(2, "pi"),
        group(3, "operator"),
        user(1).with("groups", List.of(1)),
        user(2).with("groups", List.of(1, 3)));
  }

  @AfterEach
  void drop() {
    portal.close();
  }

  @Test
  void keyOfADifferentGroupShouldBeRefused() throws Exception {
    String set = dumpUsers().id();
    portal.loaded(group(2, "operator"), group(3, "pi"));

    assertThat(refused(set))
        .containsExactly(
            "users.aerpawuser(pk=2): groups: auth.group(pk=3) is operator in the set, but pi in the database");
  }

  @Test
  void groupWithADifferentKeyShouldBeRefused() throws Exception {
    String set = dumpUsers().id();
    portal.database.execute(
        "DELETE FROM users_aerpawuser_groups; UPDATE auth_group SET id = 9 WHERE id = 3");

    assertThat(refused(set))
        .containsExactly(
            "users.aerpawuser(pk=2): groups: auth.group(pk=3) is operator in the set,"
                + " but operator is auth.group(pk=9) in the database",
            "users.aerpawuser(pk=2): groups: no auth.group(pk=3), which is operator in the set, in"
                + " the database or in this load");
  }

  @Test
  void groupWithoutReferencesShouldNotBeChecked() throws Exception {
    String set = dumpUsers().id();
    portal.loaded(group(2, "principal"));

    assertThat(portal.load(set).errors()).isEmpty();
  }

  @Test
  void differentPermissionShouldBeRefusedWithItsNaturalKey() throws Exception {
    int permission =
        Integer.parseInt(
            portal
                .select("SELECT id FROM auth_permission WHERE codename = 'add_aerpawuser'")
                .get(0));
    portal.loaded(user(3).with("user_permissions", List.of(permission)));
    String set = dumpUsers().id();
    portal.database.execute(
        "UPDATE auth_permission SET codename = 'fly' WHERE codename = 'add_aerpawuser'");

    assertThat(refused(set))
        .containsExactly(
            "users.aerpawuser(pk=3): user_permissions: auth.permission(pk="
                + permission
                + ") is [add_aerpawuser, users, aerpawuser] in the set, but [fly, users, aerpawuser] in the database");
  }

  @Test
  void groupsOfTheSameLoadShouldBeChecked() throws Exception {
    BackupSet set = dumpUsers();
    portal.loaded(group(2, "operator"), group(3, "pi"));
    for (String file : List.of("users.json", "manifest.json")) {
      Files.copy(set.folder().resolve(file), portal.fixtures.resolve(file));
    }
    Path roles = Files.createDirectory(folder.resolve("roles"));
    Files.writeString(roles.resolve("roles.json"), fixture(group(2, "pi"), group(3, "operator")));
    Files.createSymbolicLink(portal.fixtures.resolve("roles.json"), roles.resolve("roles.json"));

    assertThat(portal.load(LoadRequest.FIXTURES, "users", "roles").errors()).isEmpty();
  }

  @Test
  void fileWithoutItsManifestShouldNotBeChecked() throws Exception {
    BackupSet set = dumpUsers();
    portal.loaded(group(2, "operator"), group(3, "pi"));
    portal.withFixture(set.folder().resolve("users.json"));

    assertThat(portal.load().errors()).isEmpty();
  }

  private BackupSet dumpUsers() throws Exception {
    return portal.set(portal.dump("users"));
  }

  private List<String> refused(String set) throws Exception {
    return portal.refusedFrom(set).stream()
        .map(error -> error.replaceAll("^users.json:[0-9]+:[0-9]+: ", ""))
        .toList();
  }
}

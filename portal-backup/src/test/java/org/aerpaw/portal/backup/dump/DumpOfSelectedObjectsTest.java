package org.aerpaw.portal.backup.dump;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.aerpaw.portal.backup.Fixture.credentials;
import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.profile;
import static org.aerpaw.portal.backup.Fixture.project;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.selection.RelatedObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Objects of any model, and what goes with them, make a partial set. */
@ExtendWith(TestPortalExtension.class)
class DumpOfSelectedObjectsTest {

  private final TestPortal portal;

  DumpOfSelectedObjectsTest(TestPortal portal) {
    this.portal = portal;
  }

  @Test
  void setWithReferencesShouldLoadIntoAnEmptyDatabase(@TempDir Path folder) throws Exception {
    givenProjects();

    Run dump = dump(RelatedObjects.REFERENCES, "projects.aerpawproject:7");

    BackupSet set = portal.set(dump);
    assertThat(set.manifest().complete()).isFalse();
    assertThat(set.manifest().files().values()).allMatch(Manifest.FileEntry::partial);
    assertThat(set.manifest().externalReferences())
        .containsExactly(
            new Manifest.ExternalReference("users.aerpawuser.groups", "auth.group", 1));
    assertThat(dump.report(DumpReport.class).selection().objects())
        .extracting(Object::toString)
        .containsExactly(
            "projects.aerpawproject(pk=7): requested",
            "users.aerpawuser(pk=3): project_creator of projects.aerpawproject(pk=7)",
            "profiles.aerpawuserprofile(pk=5): profile of users.aerpawuser(pk=3)");
    assertThat(portal.verify(set).errors()).isEmpty();
    try (TestPortal empty = TestPortal.migrated(folder)) {
      empty.loaded(group(9, "a"));
      for (String file : set.manifest().files().keySet()) {
        empty.withFixture(set.folder().resolve(file));
      }
      assertThat(empty.load().errors()).isEmpty();
      Map<String, List<String>> content = DatabaseContent.of(portal.database).asFixturesShowIt();
      assertThat(
              DatabaseContent.of(empty.database).asFixturesShowIt().get("projects_aerpawproject"))
          .containsExactly(content.get("projects_aerpawproject").get(0));
    }
  }

  @Test
  void referencesThatAreNotInTheSetShouldBeListed() throws Exception {
    givenProjects();

    BackupSet set = portal.set(dump(null, "projects.aerpawproject:7,8", "users.aerpawuser:3"));

    assertThat(set.manifest().externalReferences())
        .containsExactly(
            new Manifest.ExternalReference(
                "projects.aerpawproject.project_creator", "users.aerpawuser", 1),
            new Manifest.ExternalReference("users.aerpawuser.groups", "auth.group", 1),
            new Manifest.ExternalReference(
                "users.aerpawuser.profile", "profiles.aerpawuserprofile", 1));
    assertThat(set.manifest().referencedIdentities()).containsOnlyKeys("auth.group");
  }

  @Test
  void whatBelongsToAnObjectShouldBeDumpedWithIt() throws Exception {
    givenProjects();
    portal.insert(
        "projects_userproject", "id", 1, "user_id", 4, "granted_by_id", 4, "project_id", 7);
    portal.insert(
        "projects_userproject", "id", 2, "user_id", 4, "granted_by_id", 4, "project_id", 8);

    Run dump = dump(RelatedObjects.OWNED, "projects.aerpawproject:7");

    assertThat(dump.report(DumpReport.class).selection().objects())
        .extracting(Object::toString)
        .containsExactly(
            "projects.aerpawproject(pk=7): requested",
            "projects.userproject(pk=1): its project is projects.aerpawproject(pk=7)",
            "users.aerpawuser(pk=3): project_creator of projects.aerpawproject(pk=7)",
            "profiles.aerpawuserprofile(pk=5): profile of users.aerpawuser(pk=3)",
            "users.aerpawuser(pk=4): granted_by of projects.userproject(pk=1)");
  }

  @Test
  void setShouldRestoreItsObjects() throws Exception {
    givenProjects();
    BackupSet set = portal.set(dump(RelatedObjects.REFERENCES, "projects.aerpawproject:7"));
    Map<String, List<String>> before = DatabaseContent.of(portal.database).asFixturesShowIt();
    portal.database.execute(
        "DELETE FROM projects_aerpawproject WHERE id = 7; UPDATE users_aerpawuser SET email = 'x' WHERE id = 3");

    assertThat(portal.load(set.id()).errors()).isEmpty();

    assertThat(DatabaseContent.of(portal.database).asFixturesShowIt()).isEqualTo(before);
  }

  @Test
  void unknownObjectsShouldStopTheDump() throws Exception {
    givenProjects();

    assertThat(dump(null, "projects.aerpawproject:7,99", "users.aerpawuser:98").errors())
        .extracting(Object::toString)
        .containsExactly(
            "projects.aerpawproject(pk=99): objects: not in the database",
            "users.aerpawuser(pk=98): objects: not in the database");
    assertThat(portal.sets.all()).isEmpty();
  }

  @Test
  void moreObjectsThanTheLimitShouldStopTheDump() throws Exception {
    givenProjects();

    Run dump =
        portal.dump(
            dumpOf().objects(RelatedObjects.REFERENCES, 2, "projects.aerpawproject:7").build());

    assertThat(dump.errors())
        .singleElement()
        .hasToString(
            "limit: more than 2 objects are selected; if that is intended, set a higher limit");
  }

  @Test
  void everyProblemOfARequestShouldBeReportedAtOnce() {
    var thrown =
        catchThrowableOfType(
            () ->
                portal.dump(
                    dumpOf("users", "nothing")
                        .pks(1L)
                        .naturalKeys(true, true)
                        .objects(null, null, "users.nobody:1")
                        .build()),
            InvalidRequestException.class);

    assertThat(thrown.errors())
        .extracting(Object::toString)
        .containsExactly(
            "apps: not possible with objects",
            "pks: not possible with objects",
            "naturalForeign: not possible with objects",
            "naturalPrimary: not possible with objects",
            "objects: unknown model: users.nobody",
            "apps: unknown app: nothing",
            "pks: allowed only if apps names exactly one model");
  }

  private void givenProjects() throws Exception {
    portal.loaded(
        group(9, "a"),
        profile(5),
        user(3).with("profile", 5).with("groups", List.of(9)),
        user(4),
        project(7, 3),
        project(8, 4),
        credentials(1, 3));
  }

  private Run dump(RelatedObjects with, String... objects) throws Exception {
    return portal.dump(dumpOf().objects(with, null, objects).build());
  }
}

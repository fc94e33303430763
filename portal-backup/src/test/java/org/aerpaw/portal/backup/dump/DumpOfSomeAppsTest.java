package org.aerpaw.portal.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A dump of some apps makes a full set all the same, and its manifest tells what is how old. */
@ExtendWith(TestPortalExtension.class)
class DumpOfSomeAppsTest {

  @Test
  void otherFilesShouldBeHardLinksToThoseOfTheSetBefore(TestPortal portal) throws Exception {
    BackupSet before = portal.set(portal.dump());

    Run dump = portal.dump("users");

    BackupSet after = portal.set(dump);
    assertThat(after.manifest().files().keySet()).isEqualTo(before.manifest().files().keySet());
    assertThat(inode(after, "projects.json")).isEqualTo(inode(before, "projects.json"));
    assertThat(inode(after, "users.json")).isNotEqualTo(inode(before, "users.json"));
    assertThat(portal.sets.latest()).contains(after);
    assertThat(warnings(dump))
        .containsExactly(
            "carried forward from the previous set: credentials.json, error_handling.json,"
                + " experiment_files.json, experiment_info.json, experiments.json, operations.json,"
                + " profiles.json, projects.json, resources.json, user_messages.json,"
                + " user_requests.json");
  }

  @Test
  void manifestShouldSayOfEachFileWhenAndHowItWasWritten(TestPortal portal) throws Exception {
    BackupSet before = portal.set(portal.dump());

    BackupSet after =
        portal.set(portal.dump(new FileLayout(2, TimestampPrecision.MILLISECONDS), "users"));

    Manifest.FileEntry linked = after.manifest().files().get("projects.json");
    Manifest.FileEntry fresh = after.manifest().files().get("users.json");
    assertThat(linked).isEqualTo(before.manifest().files().get("projects.json"));
    assertThat(linked.timestamps()).isEqualTo(TimestampPrecision.EXACT);
    assertThat(fresh.timestamps()).isEqualTo(TimestampPrecision.MILLISECONDS);
    assertThat(fresh.snapshot()).isAfter(linked.snapshot());
  }

  @Test
  void externalReferencesOfCarriedForwardFilesShouldBeKnown(TestPortal portal) throws Exception {
    insertUserInGroup(portal, "operator");
    Manifest before = portal.set(portal.dump()).manifest();
    assertThat(before.externalReferences())
        .containsExactly(
            new Manifest.ExternalReference("users.aerpawuser.groups", "auth.group", 1));
    assertThat(before.referencedIdentities())
        .isEqualTo(
            Map.of("auth.group", List.of(new Manifest.ReferencedObject(3, List.of("operator")))));

    Manifest after = portal.set(portal.dump("projects")).manifest();

    assertThat(after.externalReferences()).isEqualTo(before.externalReferences());
    assertThat(after.referencedIdentities()).isEqualTo(before.referencedIdentities());
  }

  @Test
  void referencesThatAreNoLongerExternalShouldNotBeCounted(TestPortal portal) throws Exception {
    insertUserInGroup(portal, "operator");
    portal.dump();

    Manifest after = portal.set(portal.dump("auth", "contenttypes")).manifest();

    assertThat(after.files()).containsKeys("auth.json", "users.json");
    assertThat(after.externalReferences()).isEmpty();
    assertThat(after.referencedIdentities()).isEmpty();
  }

  @Test
  void filesAreNotCarriedForwardAfterAGroupWasReplacedByAnother(TestPortal portal)
      throws Exception {
    insertUserInGroup(portal, "operator");
    BackupSet before = portal.set(portal.dump());
    portal.database.execute("UPDATE auth_group SET name = 'site_admin' WHERE id = 3");

    Run dump = portal.dump("projects");

    assertThat(dump.errors())
        .singleElement()
        .hasToString(
            "auth.group(pk=3): this primary key belonged to a different object in the previous"
                + " set; the files of that set cannot be carried forward; dump all apps");
    assertThat(portal.sets.all()).containsExactly(before);
    assertThat(portal.set(portal.dump()).manifest().referencedIdentities())
        .containsEntry(
            "auth.group", List.of(new Manifest.ReferencedObject(3, List.of("site_admin"))));
  }

  @Test
  void aChangedFileIsNotCarriedForward(TestPortal portal) throws Exception {
    BackupSet before = portal.set(portal.dump());
    Files.writeString(portal.sets.folder().resolve("projects.json"), "[]");

    Run dump = portal.dump("users");

    assertThat(dump.errors())
        .singleElement()
        .hasToString(
            "file error: projects.json of the set "
                + before.id()
                + " differs from its manifest, so it cannot be carried forward; dump all apps");
    assertThat(portal.sets.all()).containsExactly(before);
  }

  @Test
  void aMissingFileIsNotCarriedForward(TestPortal portal) throws Exception {
    BackupSet before = portal.set(portal.dump());
    Files.delete(before.folder().resolve("projects.json"));

    assertThat(portal.dump("users").errors())
        .singleElement()
        .hasToString(
            "file error: projects.json of the set "
                + before.id()
                + " is missing, so it cannot be carried forward; dump all apps");
    assertThat(portal.sets.all()).containsExactly(before);
  }

  @Test
  void theFirstDumpOfSomeAppsIsAPartialSet(TestPortal portal) throws Exception {
    Run dump = portal.dump("users", "projects");

    BackupSet set = portal.set(dump);
    assertThat(set.manifest().files()).containsOnlyKeys("projects.json", "users.json");
    assertThat(set.manifest().complete()).isFalse();
    assertThat(portal.sets.latestId()).isEmpty();
    assertThat(warnings(dump))
        .contains(
            "partial set, so latest is unchanged: there is no complete set to carry these apps"
                + " forward from: credentials, error_handling, experiment_files, experiment_info,"
                + " experiments, operations, profiles, resources, user_messages, user_requests;"
                + " to make a complete set, dump all apps");
  }

  @Test
  void aDumpOfSomeAppsIsAPartialSetIfTheNewestSetIsMissing(TestPortal portal) throws Exception {
    String lost = portal.set(portal.dump()).id();
    portal.sets.remove(lost);

    Run dump = portal.dump("users");

    assertThat(portal.set(dump).manifest().complete()).isFalse();
    assertThat(portal.sets.latestId()).contains(lost);
    assertThat(warnings(dump))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith(
                        "partial set, so latest is unchanged: the newest complete set, "
                            + lost
                            + ", is missing, so its files cannot be carried forward: credentials, "));
  }

  @Test
  void aDumpOfSomeAppsIsAPartialSetIfThePreviousSetLacksAnApp(TestPortal portal) throws Exception {
    BackupSet before = portal.set(portal.dump());
    Path manifest = before.folder().resolve(Manifest.FILE);
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"projects.json\"", "\"former.json\""));
    Files.move(before.folder().resolve("projects.json"), before.folder().resolve("former.json"));

    Run dump = portal.dump("users");

    assertThat(portal.set(dump).manifest().complete()).isFalse();
    assertThat(warnings(dump))
        .contains(
            "partial set, so latest is unchanged: the newest complete set, "
                + before.id()
                + ", has no file of these apps to carry forward: projects;"
                + " to make a complete set, dump all apps");
  }

  @Test
  void singleModelShouldMakeAPartialSet(TestPortal portal) throws Exception {
    BackupSet latest = portal.set(portal.dump());

    Run dump = portal.dump("projects.userproject");

    BackupSet set = portal.set(dump);
    assertThat(set.manifest().complete()).isFalse();
    assertThat(set.manifest().files()).containsOnlyKeys("projects.json");
    assertThat(set.manifest().files().get("projects.json").models())
        .containsOnlyKeys("projects.userproject");
    assertThat(portal.sets.latest()).contains(latest);
    assertThat(portal.sets.all()).containsExactly(set, latest);
    assertThat(warnings(dump))
        .contains(
            "partial set: it does not contain every model of its apps, so latest is unchanged");
  }

  @Test
  void dumpOfAllAppsShouldNotNeedTheSetBefore(TestPortal portal) throws Exception {
    BackupSet before = portal.set(portal.dump());
    Files.writeString(before.folder().resolve(Manifest.FILE), "not a manifest");

    assertThat(portal.dump("users").errors())
        .singleElement()
        .hasToString("file error: the manifest is not JSON, or names a member twice");
    Run dump = portal.dump();

    assertThat(portal.sets.latest()).contains(portal.set(dump));
    assertThat(warnings(dump))
        .containsExactly("the previous set cannot be read, so nothing was carried forward from it");
  }

  private static void insertUserInGroup(TestPortal portal, String group) throws Exception {
    portal
        .insert("auth_group", "id", 3, "name", group)
        .insert("users_aerpawuser", "id", 1)
        .insert("users_aerpawuser_groups", "aerpawuser_id", 1, "group_id", 3);
  }

  private static List<String> warnings(Run dump) {
    return dump.report().warnings();
  }

  private static Object inode(BackupSet set, String file) throws IOException {
    return Files.getAttribute(set.folder().resolve(file), "unix:ino");
  }
}

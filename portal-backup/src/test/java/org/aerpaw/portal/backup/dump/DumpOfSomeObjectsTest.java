package org.aerpaw.portal.backup.dump;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.DumpedFile;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** D23. Objects of one model by their keys make a set that is only kept. */
@ExtendWith(TestPortalExtension.class)
class DumpOfSomeObjectsTest {

  @Test
  void objectsWithTheKeysAreDumpedInTheOrderOfTheirKeys(TestPortal portal) throws Exception {
    givenUsers(portal);

    assertThat(keys(portal, 3L)).containsExactly(3);
    assertThat(keys(portal, 3L, 1L, 3L)).containsExactly(1, 3);
  }

  @Test
  void unknownKeysAreReported(TestPortal portal) throws Exception {
    givenUsers(portal);

    Run dump = dump(portal, 2L, 99L, -1L, Long.MAX_VALUE);

    assertThat(portal.set(dump).manifest().objects()).isEqualTo(1);
    assertThat(dump.report().warnings())
        .contains(
            "skipped primary keys that do not exist in users.aerpawuser: -1, 99, "
                + Long.MAX_VALUE);
  }

  @Test
  void aDumpOfUnknownKeysOnlyFails(TestPortal portal) throws Exception {
    givenUsers(portal);

    assertThat(dump(portal, 98L, 99L, 99L).errors())
        .singleElement()
        .hasToString("none of these primary keys exists in users.aerpawuser: 98, 99");
    assertThat(portal.sets.all()).isEmpty();
  }

  @Test
  void setShouldNotBecomeTheNewestAndShouldSayWhy(TestPortal portal) throws Exception {
    givenUsers(portal);
    BackupSet before = portal.set(portal.dump());

    Run dump = dump(portal, 1L, 2L);

    BackupSet set = portal.set(dump);
    assertThat(portal.sets.latest()).contains(before);
    assertThat(set.manifest().complete()).isFalse();
    assertThat(set.manifest().files().get("users.json").models())
        .isEqualTo(Map.of("users.aerpawuser", 2L));
    assertThat(set.manifest().externalReferences())
        .containsExactly(
            new Manifest.ExternalReference(
                "users.aerpawuser.profile", "profiles.aerpawuserprofile", 1));
    assertThat(dump.report().warnings().get(1))
        .isEqualTo("partial set: it contains only the requested objects, so latest is unchanged");
  }

  @Test
  void setShouldBeVerifiedAndLoadedLikeAnyOther(TestPortal portal) throws Exception {
    givenUsers(portal);
    BackupSet set = portal.set(dump(portal, 1L, 2L));
    assertThat(portal.verify(set).errors()).isEmpty();
    portal.database.execute(
        "UPDATE users_aerpawuser SET username = 'changed' || id; DELETE FROM users_aerpawuser WHERE id = 2");

    Run load = portal.load(set.id());

    assertThat(load.state()).isEqualTo(RunState.DONE);
    assertThat(portal.select("SELECT id, username FROM users_aerpawuser ORDER BY id"))
        .containsExactly("1 user1", "2 user2", "3 changed3");
  }

  @Test
  void setShouldNotReplaceAllObjectsBySome(TestPortal portal) throws Exception {
    givenUsers(portal);
    BackupSet set = portal.set(dump(portal, 1L, 2L));

    assertThatThrownBy(() -> portal.load(LoadRequest.of(set.id(), List.of(), LoadMode.REPLACE)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(
            "fixtures: users.json contains only some objects of users.aerpawuser, and mode"
                + " replace would delete all others");
  }

  private static void givenUsers(TestPortal portal) throws Exception {
    portal
        .insert("profiles_aerpawuserprofile", "id", 1)
        .insert("users_aerpawuser", "id", 1, "username", "user1", "profile_id", 1)
        .insert("users_aerpawuser", "id", 2, "username", "user2")
        .insert("users_aerpawuser", "id", 3, "username", "user3");
  }

  private static Run dump(TestPortal portal, Long... pks) throws Exception {
    return portal.dump(dumpOf("users.AerpawUser").pks(pks).build());
  }

  private static List<Integer> keys(TestPortal portal, Long... pks) throws Exception {
    BackupSet set = portal.set(dump(portal, pks));
    return DumpedFile.read(set.folder().resolve("users.json")).objects().stream()
        .map(object -> object.getInt("pk"))
        .toList();
  }
}

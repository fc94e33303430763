package org.aerpaw.portal.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of references, lists and inheritance: D30 to D33. */
@ExtendWith(TestPortalExtension.class)
class DumpReferencesTest {

  /** D30 */
  @Test
  void referenceShouldBeTheTargetsKeyOrNull(TestPortal portal) throws Exception {
    portal
        .insert("profiles_aerpawuserprofile", "id", 41)
        .insert("users_aerpawuser", "id", 1, "username", "ann", "profile_id", 41)
        .insert("users_aerpawuser", "id", 2, "username", "bob", "profile_id", null)
        .dump("users");

    assertThat(portal.dumped("users.json").values("profile")).containsExactly("41", "null");
  }

  /** D31 */
  @Test
  void listShouldBeInTheOrderOfItsTargetAndByKeyWhereThatIsEqual(TestPortal portal)
      throws Exception {
    portal
        .insert("users_aerpawuser", "id", 1, "username", "a", "display_name", "Zoe")
        .insert("users_aerpawuser", "id", 4, "username", "b", "display_name", "Ann")
        .insert("users_aerpawuser", "id", 3, "username", "c", "display_name", "Ann")
        .insert("users_aerpawuser", "id", 2, "username", "d", "display_name", "Max")
        .insert("experiment_info_fieldtrip", "id", 1);
    for (int user : new int[] {1, 2, 4, 3}) {
      portal.insert(
          "experiment_info_fieldtrip_ap_operators", "fieldtrip_id", 1, "aerpawuser_id", user);
    }

    portal.dump("experiment_info");

    assertThat(portal.dumped("experiment_info.json").values("ap_operators"))
        .containsExactly("[3,4,2,1]");
  }

  /** D31 */
  @Test
  void listWithoutAnOrderingShouldBeByKey(TestPortal portal) throws Exception {
    portal.insert("users_aerpawuser", "id", 1);
    for (int group : new int[] {30, 4, 100}) {
      portal
          .insert("auth_group", "id", group, "name", "group " + group)
          .insert("users_aerpawuser_groups", "aerpawuser_id", 1, "group_id", group);
    }

    portal.dump("users");

    assertThat(portal.dumped("users.json").values("groups")).containsExactly("[4,30,100]");
  }

  /** D31: permissions are in the order of app, model and codename, two tables away. */
  @Test
  void listMayBeInTheOrderOfWhatItsTargetsReferTo(TestPortal portal) throws Exception {
    portal
        .insert("users_aerpawuser", "id", 1)
        .insert("django_content_type", "id", 901, "app_label", "zebra", "model", "a")
        .insert("django_content_type", "id", 902, "app_label", "ape", "model", "b")
        .insert("auth_permission", "id", 903, "content_type_id", 901, "codename", "add")
        .insert("auth_permission", "id", 904, "content_type_id", 902, "codename", "view")
        .insert("auth_permission", "id", 905, "content_type_id", 902, "codename", "change");
    for (int permission : new int[] {903, 904, 905}) {
      portal.insert(
          "users_aerpawuser_user_permissions", "aerpawuser_id", 1, "permission_id", permission);
    }

    portal.dump("users");

    assertThat(portal.dumped("users.json").values("user_permissions"))
        .containsExactly("[905,904,903]");
  }

  /** D31: a foreign key would have to be lost for that, but a dump must not lose more. */
  @Test
  void listShouldKeepDanglingReferences(TestPortal portal) throws Exception {
    portal.database.execute(
        "ALTER TABLE experiment_info_fieldtrip_ap_operators"
            + " DROP CONSTRAINT experiment_info_fiel_aerpawuser_id_4d642cde_fk_users_aer");
    portal
        .insert("experiment_info_fieldtrip", "id", 1)
        .insert("experiment_info_fieldtrip_ap_operators", "fieldtrip_id", 1, "aerpawuser_id", 77)
        .dump("experiment_info");

    assertThat(portal.dumped("experiment_info.json").values("ap_operators"))
        .containsExactly("[77]");
  }

  /** D32 */
  @Test
  void relationWithAModelOfItsOwnShouldBeDumpedAsThatModelOnly(TestPortal portal) throws Exception {
    insertExperiment(portal)
        .insert(
            "experiments_userexperiment",
            "id",
            8,
            "experiment_id",
            5,
            "user_id",
            1,
            "granted_by_id",
            1)
        .dump("experiments");

    var objects = portal.dumped("experiments.json").objects();
    assertThat(objects.get(0).getJsonObject("fields").keySet())
        .contains("experiment_files", "resources")
        .doesNotContain("memberships", "experiment_members", "user_experiment");
    assertThat(objects.get(1).toString())
        .isEqualTo(
            "{\"model\":\"experiments.userexperiment\",\"pk\":8,\"fields\":{\"experiment\":5,\"granted_by\":1,"
                + "\"granted_date\":\"2022-01-01T00:00:00Z\",\"user\":1}}");
  }

  /** D33 */
  @Test
  void childShouldBeAnObjectWithItsParentsKey(TestPortal portal) throws Exception {
    insertExperiment(portal)
        .insert("experiments_ondemandsession", "id", 6, "experiment_id", 5)
        .insert("experiments_ondemandsession", "id", 7, "experiment_id", 5)
        .insert(
            "experiments_scheduledsession", "ondemandsession_ptr_id", 7, "description", "planned")
        .dump("experiments");

    var sessions =
        portal.dumped("experiments.json").objects().stream()
            .filter(object -> object.getString("model").endsWith("session"))
            .toList();
    assertThat(sessions)
        .extracting(session -> session.getString("model") + " " + session.getInt("pk"))
        .containsExactly(
            "experiments.ondemandsession 6",
            "experiments.ondemandsession 7",
            "experiments.scheduledsession 7");
    assertThat(sessions.get(2).getJsonObject("fields").keySet())
        .containsExactly(
            "description",
            "is_success",
            "scheduled_start",
            "scheduled_end",
            "scheduled_by",
            "scheduled_created_on",
            "session_state");
  }

  private static TestPortal insertExperiment(TestPortal portal) throws SQLException {
    return portal
        .insert("users_aerpawuser", "id", 1)
        .insert("operations_canonicalnumber", "id", 2)
        .insert("projects_aerpawproject", "id", 3, "project_creator_id", 1)
        .insert(
            "experiments_aerpawexperiment",
            "id",
            5,
            "canonical_number_id",
            2,
            "experiment_creator_id",
            1,
            "project_id",
            3);
  }
}

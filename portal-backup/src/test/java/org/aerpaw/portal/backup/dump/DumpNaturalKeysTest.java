package org.aerpaw.portal.backup.dump;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;

import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.fixture.file.FileFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** D34: natural keys instead of keys, for references and for objects. */
@ExtendWith(TestPortalExtension.class)
class DumpNaturalKeysTest {

  @Test
  void referenceShouldBeTheListOfPartsOrNull(TestPortal portal) throws Exception {
    portal
        .insert("users_aerpawuser", "id", 1, "username", "ann")
        .insert("credentials_publiccredentials", "id", 1, "owner_id", 1)
        .insert("projects_aerpawproject", "id", 7, "project_creator_id", 1);

    dump(portal, true, false, "projects", "credentials");

    assertThat(portal.dumped("credentials.json").values("owner")).containsExactly("[\"ann\"]");
    assertThat(portal.dumped("projects.json").text())
        .contains("\n    \"project_creator\": [\n      \"ann\"\n    ],\n")
        .contains("\n  \"pk\": 7,\n");
  }

  @Test
  void listShouldBeAListOfListsInTheOrderOfItsTarget(TestPortal portal) throws Exception {
    insertUserWithRoles(portal);

    dump(portal, true, false, "users");

    assertThat(portal.dumped("users.json").text())
        .contains(
            """
                "groups": [
                  [
                    "operator"
                  ],
                  [
                    "experimenter"
                  ]
                ],
                "user_permissions": [
                  [
                    "change_b",
                    "ape",
                    "b"
                  ],
                  [
                    "view_b",
                    "ape",
                    "b"
                  ],
                  [
                    "add_a",
                    "zebra",
                    "a"
                  ]
                ]
            """);
  }

  @Test
  void listsShouldBeOnOneLineInJsonLines(TestPortal portal) throws Exception {
    insertUserWithRoles(portal);

    portal.set(
        portal.dump(dumpOf("users").format(FileFormat.JSONL).naturalKeys(true, true).build()));

    assertThat(portal.dumped("users.jsonl").text())
        .startsWith("{\"model\": \"users.aerpawuser\",\"fields\": {\"password\": ")
        .contains("\"groups\": [[\"operator\"],[\"experimenter\"]],\"user_permissions\": [[")
        .endsWith("[\"add_a\",\"zebra\",\"a\"]]}}\n");
  }

  @Test
  void emptyListShouldStayEmpty(TestPortal portal) throws Exception {
    portal.insert("users_aerpawuser", "id", 1);

    dump(portal, true, false, "users");

    assertThat(portal.dumped("users.json").text()).contains("\"groups\": [],");
  }

  @Test
  void listInAnOrderingShouldKeepIt(TestPortal portal) throws Exception {
    portal
        .insert("users_aerpawuser", "id", 1, "username", "a", "display_name", "Zoe")
        .insert("users_aerpawuser", "id", 4, "username", "b", "display_name", "Ann")
        .insert("users_aerpawuser", "id", 3, "username", "c", "display_name", "Ann")
        .insert("experiment_info_fieldtrip", "id", 1)
        .insert("experiment_info_fieldtrip", "id", 2);
    for (int user : new int[] {1, 4, 3}) {
      portal.insert(
          "experiment_info_fieldtrip_ap_operators", "fieldtrip_id", 1, "aerpawuser_id", user);
    }

    dump(portal, true, false, "experiment_info");

    assertThat(portal.dumped("experiment_info.json").objects())
        .extracting(object -> object.getJsonObject("fields").get("ap_operators").toString())
        .containsExactly("[[\"c\"],[\"b\"],[\"a\"]]", "[]");
  }

  @Test
  void referencesToModelsWithoutANaturalKeyShouldBeKeys(TestPortal portal) throws Exception {
    portal
        .insert("profiles_aerpawuserprofile", "id", 41)
        .insert("users_aerpawuser", "id", 1, "username", "ann", "profile_id", 41);

    dump(portal, true, true, "users", "profiles");

    assertThat(portal.dumped("users.json").values("profile")).containsExactly("41");
    assertThat(portal.dumped("profiles.json").values("pk")).containsExactly("41");
  }

  @Test
  void objectShouldBeWithoutItsKeyOnlyWhereItHasANaturalOne(TestPortal portal) throws Exception {
    insertUserWithRoles(portal);
    portal.insert("projects_aerpawproject", "id", 7, "project_creator_id", 1);

    dump(portal, false, true, "auth", "contenttypes", "projects", "users");

    for (String app : new String[] {"auth", "contenttypes", "users"}) {
      assertThat(portal.dumped(app + ".json").objects())
          .isNotEmpty()
          .allSatisfy(object -> assertThat(object.keySet()).containsExactly("model", "fields"));
    }
    assertThat(portal.dumped("projects.json").values("pk")).containsExactly("7");
    assertThat(portal.dumped("projects.json").values("project_creator")).containsExactly("1");
    assertThat(portal.dumped("users.json").values("groups")).containsExactly("[3,4]");
  }

  /** A foreign key would have to be lost for that, but a dump must not lose more. */
  @Test
  void danglingReferenceShouldKeepItsKey(TestPortal portal) throws Exception {
    portal.database.execute(
        "ALTER TABLE experiment_info_fieldtrip_ap_operators"
            + " DROP CONSTRAINT experiment_info_fiel_aerpawuser_id_4d642cde_fk_users_aer");
    portal
        .insert("users_aerpawuser", "id", 5, "username", "eve")
        .insert("experiment_info_fieldtrip", "id", 1)
        .insert("experiment_info_fieldtrip_ap_operators", "fieldtrip_id", 1, "aerpawuser_id", 5)
        .insert("experiment_info_fieldtrip_ap_operators", "fieldtrip_id", 1, "aerpawuser_id", 77);

    dump(portal, true, false, "experiment_info");

    assertThat(portal.dumped("experiment_info.json").objects().get(0).getJsonObject("fields"))
        .extracting(fields -> fields.get("ap_operators").toString())
        .isEqualTo("[[\"eve\"],77]");
  }

  @Test
  void externalReferencesShouldBeCountedOnceEach(TestPortal portal) throws Exception {
    insertUserWithRoles(portal);

    Manifest manifest = dump(portal, true, false, "users").manifest();

    assertThat(manifest.externalReferences())
        .containsExactly(
            new Manifest.ExternalReference("users.aerpawuser.groups", "auth.group", 2),
            new Manifest.ExternalReference(
                "users.aerpawuser.user_permissions", "auth.permission", 3));
  }

  @Test
  void singleReferenceOfSeveralPartsShouldBeCountedOnce(TestPortal portal) throws Exception {
    Manifest manifest = dump(portal, true, false, "auth").manifest();

    long permissions = manifest.files().get("auth.json").models().get("auth.permission");
    assertThat(permissions).isPositive();
    assertThat(manifest.externalReferences())
        .containsExactly(
            new Manifest.ExternalReference(
                "auth.permission.content_type", "contenttypes.contenttype", permissions));
  }

  private static void insertUserWithRoles(TestPortal portal) throws Exception {
    portal
        .insert("users_aerpawuser", "id", 1, "username", "ann")
        .insert("auth_group", "id", 4, "name", "experimenter")
        .insert("auth_group", "id", 3, "name", "operator")
        .insert("django_content_type", "id", 901, "app_label", "zebra", "model", "a")
        .insert("django_content_type", "id", 902, "app_label", "ape", "model", "b")
        .insert("auth_permission", "id", 903, "content_type_id", 901, "codename", "add_a")
        .insert("auth_permission", "id", 904, "content_type_id", 902, "codename", "view_b")
        .insert("auth_permission", "id", 905, "content_type_id", 902, "codename", "change_b");
    for (int group : new int[] {4, 3}) {
      portal.insert("users_aerpawuser_groups", "aerpawuser_id", 1, "group_id", group);
    }
    for (int permission : new int[] {903, 904, 905}) {
      portal.insert(
          "users_aerpawuser_user_permissions", "aerpawuser_id", 1, "permission_id", permission);
    }
  }

  private static BackupSet dump(TestPortal portal, boolean foreign, boolean primary, String... apps)
      throws Exception {
    return portal.set(portal.dump(dumpOf(apps).naturalKeys(foreign, primary).build()));
  }
}

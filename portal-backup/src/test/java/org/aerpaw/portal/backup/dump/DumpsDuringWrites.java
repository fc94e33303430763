package org.aerpaw.portal.backup.dump;

import static java.util.stream.Collectors.toSet;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.aerpaw.portal.backup.DumpedFile;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.catalog.BackupSet;

/**
 * Dumps while someone inserts and deletes parents and children of three apps, in one transaction
 * after the other.
 *
 * @param references how many lead from one file to another in all of the dumps
 * @param dangling those that lead to no object of their set
 */
public record DumpsDuringWrites(long references, List<String> dangling) {

  /**
   * Every transaction adds a user with a profile and a project, and takes the profile from the user
   * before.
   */
  private static final String WRITE_FAMILY =
      """
      INSERT INTO profiles_aerpawuserprofile (id, created, modified, created_by, modified_by, uuid)
          VALUES (%1$d, now(), now(), '', '', '');
      INSERT INTO users_aerpawuser (id, username, profile_id, password, is_superuser, first_name,
          last_name, email, is_staff,
          is_active, date_joined, created, modified, created_by, modified_by, display_name, openid_sub, uuid)
          VALUES (%1$d, 'user %1$d', %1$d, '', false, '', '', '', false, true, now(), now(), now(), '', '', '', '', '');
      INSERT INTO projects_aerpawproject (id, created, modified, created_by, modified_by,
          description, is_deleted, is_public,
          name, project_creator_id, uuid) VALUES (%1$d, now(), now(), '', '', '', false, false, '', %1$d, '');
      UPDATE users_aerpawuser SET profile_id = NULL WHERE id = %1$d - 1;
      DELETE FROM profiles_aerpawuserprofile WHERE id = %1$d - 1""";

  public static DumpsDuringWrites dump(TestPortal portal, int dumps) throws Exception {
    long references = 0;
    List<String> dangling = new ArrayList<>();
    try (var writer = new ConcurrentWriter(portal.database, WRITE_FAMILY::formatted)) {
      for (int i = 0; i < dumps; i++) {
        writer.awaitTransactions(1);
        BackupSet set = portal.set(portal.dump("profiles", "projects", "users"));
        references += follow(set, "users", "profile", "profiles", dangling);
        references += follow(set, "projects", "project_creator", "users", dangling);
      }
    }
    return new DumpsDuringWrites(references, List.copyOf(dangling));
  }

  private static long follow(
      BackupSet set, String app, String field, String target, List<String> dangling)
      throws IOException {
    Set<Integer> keys =
        objects(set, target).stream().map(object -> object.getInt("pk")).collect(toSet());
    List<Integer> references =
        objects(set, app).stream()
            .map(object -> object.getJsonObject("fields"))
            .filter(fields -> fields.containsKey(field) && !fields.isNull(field))
            .map(fields -> fields.getInt(field))
            .toList();
    references.stream()
        .filter(key -> !keys.contains(key))
        .map(key -> set.id() + ": " + field + " of " + app + ": no " + key + " in " + target)
        .forEach(dangling::add);
    return references.size();
  }

  private static List<JsonObject> objects(BackupSet set, String app) throws IOException {
    return DumpedFile.read(set.folder().resolve(app + ".json")).objects();
  }
}

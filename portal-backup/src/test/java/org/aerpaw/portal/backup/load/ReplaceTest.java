package org.aerpaw.portal.backup.load;

import static org.aerpaw.portal.backup.Fixture.canonicalNumber;
import static org.aerpaw.portal.backup.Fixture.experiment;
import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.profile;
import static org.aerpaw.portal.backup.Fixture.project;
import static org.aerpaw.portal.backup.Fixture.scheduledSession;
import static org.aerpaw.portal.backup.Fixture.session;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.aerpaw.portal.backup.LoadRequestBuilder.load;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads that delete rows without an object. */
class ReplaceTest {

  private static final LoadRequest REPLACE = replace(LoadRequest.FIXTURES);

  @TempDir Path folder;
  private TestPortal portal;

  @BeforeEach
  void migrate() throws Exception {
    portal = TestPortal.migrated(folder);
  }

  @AfterEach
  void drop() {
    portal.close();
  }

  /** L05 */
  @Test
  void onlyRowsOfLoadedModelsWithoutObjectsShouldBeDeletedAndCounted() throws Exception {
    portal.loaded(
        group(1, "a"),
        profile(1),
        user(1).with("groups", List.of(1)),
        user(2).with("groups", List.of(1)),
        user(3));
    portal.withFixture("a.json", user(3).with("first_name", "Ada"), user(1), user(4));

    LoadReport report = done(REPLACE);

    assertThat(report.models()).isEqualTo(Map.of("users.aerpawuser", new Counts(1, 2, 0, 1)));
    assertThat(report.deleted()).isEqualTo(1);
    assertThat(portal.select("SELECT id, first_name FROM users_aerpawuser ORDER BY 1"))
        .containsExactly("1 ", "3 Ada", "4 ");
    assertThat(portal.select("SELECT aerpawuser_id, group_id FROM users_aerpawuser_groups"))
        .containsExactly("1 1");
    assertThat(portal.select("SELECT id FROM profiles_aerpawuserprofile")).containsExactly("1");
  }

  /** L05 */
  @Test
  void rowsThatReferToEachOtherShouldBeDeletedTogether() throws Exception {
    portal.loaded(
        user(1),
        user(2),
        project(1, 1),
        project(2, 2),
        canonicalNumber(1, 1),
        experiment(1, 2, 2, 1),
        session(5, 1),
        scheduledSession(5));
    BackupSet set = dump("experiments", "operations", "projects", "users");
    portal.database.execute(
        "INSERT INTO users_aerpawuser SELECT (jsonb_populate_record(t, '{\"id\": 3,"
            + " \"username\": \"three\"}')).* FROM users_aerpawuser t WHERE id = 1;"
            + "INSERT INTO projects_aerpawproject SELECT (jsonb_populate_record(t,"
            + " '{\"id\": 3, \"project_creator_id\": 3}')).* FROM projects_aerpawproject"
            + " t WHERE id = 1;"
            + "INSERT INTO experiments_ondemandsession SELECT (jsonb_populate_record(t,"
            + " '{\"id\": 6}')).* FROM experiments_ondemandsession t;"
            + "INSERT INTO experiments_scheduledsession SELECT (jsonb_populate_record(t,"
            + " '{\"ondemandsession_ptr_id\": 6}')).* FROM experiments_scheduledsession t");

    LoadReport report = done(replace(set.id()));

    assertThat(report.deleted()).isEqualTo(4);
    assertThat(report.updated()).isZero();
    assertThat(report.created()).isZero();
  }

  /** L05 */
  @Test
  void modelThatTheManifestListsWithoutObjectsShouldBeEmptied() throws Exception {
    BackupSet empty = dump("profiles");
    portal.loaded(profile(1), profile(2), user(1));

    LoadReport report = done(replace(empty.id()));

    assertThat(report.models()).containsEntry("profiles.aerpawuserprofile", new Counts(0, 0, 0, 2));
    assertThat(portal.select("SELECT id FROM users_aerpawuser")).containsExactly("1");
  }

  /** L05 */
  @Test
  void referencesFromOtherTablesToDeletedRowsShouldBeRefused() throws Exception {
    portal.loaded(
        group(7, "seven"),
        user(1).with("groups", List.of(7)),
        user(7),
        project(1, 7),
        canonicalNumber(1, 1),
        experiment(1, 1, 1, 1),
        session(5, 1),
        scheduledSession(5));
    int sets = portal.sets.all().size();

    portal.withFixture("a.json", user(1));
    assertThat(portal.refused(REPLACE))
        .containsExactly(
            "projects.aerpawproject(pk=1): project_creator: refers to"
                + " users.aerpawuser(pk=7), which the load would delete");
    portal.withFixture("a.json", group(8, "eight"));
    assertThat(portal.refused(REPLACE))
        .containsExactly(
            "users.aerpawuser(pk=1): groups: refers to auth.group(pk=7), which the load would delete");
    portal.withFixture("a.json", session(6, 1));
    assertThat(portal.refused(REPLACE))
        .containsExactly(
            "experiments.scheduledsession(pk=5): refers to"
                + " experiments.ondemandsession(pk=5), which the load would delete");
    assertThat(portal.sets.all()).hasSize(sets);
  }

  /** L05 */
  @Test
  void referencesFromObjectsOfTheLoadToDeletedRowsShouldBeRefused() throws Exception {
    portal.loaded(group(7, "seven"), user(1).with("groups", List.of(7)), user(7));
    portal.withFixture(
        "a.json", group(8, "eight"), user(1), user(2).with("groups", List.of(7, 8)), project(1, 7));

    assertThat(portal.refused(REPLACE))
        .extracting(error -> error.replaceAll("^(a.json:[0-9]+):[0-9]+: ", "$1: "))
        .containsExactly(
            "a.json:3: users.aerpawuser(pk=1): groups: refers to auth.group(pk=7), which the load would delete",
            "a.json:4: users.aerpawuser(pk=2): groups: refers to auth.group(pk=7), which the load would delete",
            "a.json:5: projects.aerpawproject(pk=1): project_creator: refers to"
                + " users.aerpawuser(pk=7), which the load would delete");
  }

  /** L05 */
  @Test
  void uniqueValueOfADeletedRowShouldBeReusable() throws Exception {
    portal.loaded(group(1, "a"), group(2, "b"));
    portal.withFixture("a.json", group(2, "a"), group(3, "b"));

    LoadReport report = done(REPLACE);

    assertThat(portal.select("SELECT id, name FROM auth_group ORDER BY 1"))
        .containsExactly("2 a", "3 b");
    assertThat(report.deleted()).isEqualTo(1);
  }

  /** L05 */
  @Test
  void deletionThatWouldCascadeShouldBeRefused() throws Exception {
    portal.loaded(group(1, "a"), group(2, "b"));
    portal.database.execute(
        "CREATE TABLE note (group_id integer CONSTRAINT note_group REFERENCES auth_group ON DELETE CASCADE)");
    portal.withFixture("a.json", group(1, "a"));

    assertThat(portal.refused(REPLACE))
        .containsExactly(
            "auth.group: the load must delete rows, but these foreign keys have an ON DELETE"
                + " action, which would change other rows: note_group");
  }

  /** L05 */
  @Test
  void dryRunShouldCountDeletedRowsAndPublishNothing() throws Exception {
    portal.loaded(user(1), user(2));
    portal.withFixture("a.json", user(1).with("first_name", "Ada"));
    DatabaseContent before = DatabaseContent.of(portal.database);

    LoadReport report = done(load().mode(LoadMode.REPLACE).dryRun().build());

    assertThat(report.deleted()).isEqualTo(1);
    assertThat(report.safetyBackup()).isNull();
    assertThat(DatabaseContent.of(portal.database)).isEqualTo(before);
    assertThat(portal.sets.all()).isEmpty();
  }

  /** L51 */
  @Test
  void safetyBackupShouldRestoreTheSameBytes() throws Exception {
    portal.withDjangoSet();
    assertThat(portal.load().errors()).isEmpty();
    try (var fixtures = Files.list(portal.fixtures)) {
      for (Path fixture : fixtures.toList()) {
        Files.delete(fixture);
      }
    }
    String[] apps = portal.registry.apps().toArray(String[]::new);
    BackupSet latest = dump(apps);
    Map<String, String> before = bytes(latest);
    portal.withFixture("a.json", group(70, "another"), profile(500));
    portal.database.execute(
        "DELETE FROM users_aerpawuser_groups; DELETE FROM auth_group_permissions;"
            + " UPDATE users_aerpawuser SET profile_id = NULL");
    Map<String, String> damaged = bytes(dump(apps));
    BackupSet newest = portal.sets.latest().orElseThrow();

    LoadReport report = done(REPLACE);

    assertThat(portal.sets.latest()).contains(newest);
    BackupSet undo = portal.sets.find(report.safetyBackup()).orElseThrow();
    assertThat(bytes(undo)).isEqualTo(damaged);
    assertThat(bytes(dump(apps))).isNotEqualTo(damaged);
    done(replace(undo.id()));
    assertThat(bytes(dump(apps))).isEqualTo(damaged);
    LoadReport back = done(replace(latest.id()));
    assertThat(back.updated()).isPositive();
    assertThat(bytes(dump(apps))).isEqualTo(before);
  }

  /** L51 */
  @Test
  void failureOfTheSafetyBackupShouldStopTheLoad() throws Exception {
    portal.loaded(user(1));
    portal.withFixture("a.json", user(2));
    portal.loaded(profile(1));
    portal.database.execute("UPDATE profiles_aerpawuserprofile SET created = 'infinity'");

    assertThat(portal.refused(REPLACE))
        .hasSize(2)
        .first()
        .isEqualTo("the safety backup failed, so the load was not started");
  }

  private BackupSet dump(String... apps) throws Exception {
    return portal.set(portal.dump(apps));
  }

  /** The files of a set by name. */
  private static Map<String, String> bytes(BackupSet set) throws Exception {
    Map<String, String> bytes = new TreeMap<>();
    for (String file : set.manifest().files().keySet()) {
      bytes.put(file, Files.readString(set.folder().resolve(file)));
    }
    return bytes;
  }

  private static LoadRequest replace(String from, String... fixtures) {
    return LoadRequest.of(from, List.of(fixtures), LoadMode.REPLACE);
  }

  private LoadReport done(LoadRequest request) throws Exception {
    Run run = portal.load(request);
    assertThat(run.errors()).isEmpty();
    assertThat(run.state()).isEqualTo(RunState.DONE);
    return run.report(LoadReport.class);
  }
}

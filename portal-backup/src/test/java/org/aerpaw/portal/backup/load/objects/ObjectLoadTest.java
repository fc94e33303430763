package org.aerpaw.portal.backup.load.objects;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.aerpaw.portal.backup.Fixture.credentials;
import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.profile;
import static org.aerpaw.portal.backup.Fixture.project;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.aerpaw.portal.backup.LoadRequestBuilder.load;
import static org.aerpaw.portal.backup.LoadRequestBuilder.loadFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.Interference;
import org.aerpaw.portal.backup.LoadRequestBuilder;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.selection.RelatedObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores single objects, with nothing, with their references, or with what belongs to them. */
@ExtendWith(TestPortalExtension.class)
class ObjectLoadTest {

  private static final String PROJECT = "projects_aerpawproject";

  private final TestPortal portal;

  ObjectLoadTest(TestPortal portal) {
    this.portal = portal;
  }

  @Test
  void deletedProjectShouldBeRestoredWithItsExperimentsAndNothingElseBeChanged() throws Exception {
    BackupSet set = populated();
    Map<String, List<String>> before = content();
    Collection<CascadeDelete.Row> named =
        CascadeDelete.delete(portal, new CascadeDelete.Row(PROJECT, "2"));
    String otherChanges =
        "UPDATE projects_aerpawproject SET name = 'renamed'; UPDATE users_aerpawuser SET"
            + " first_name = 'other'; UPDATE experiments_aerpawexperiment SET name = 'other'";
    portal.database.execute(otherChanges);

    LoadReport report = restored(set, RelatedObjects.OWNED, null, objects(named));

    assertThat(report.updated()).isZero();
    assertThat(report.warnings())
        .containsExactly(
            "restored entries of the list experiment of experiment_info.fieldtrip:1 (1 in total)");
    Map<String, List<String>> restored = content();
    assertThat(portal.select("SELECT name FROM projects_aerpawproject WHERE id = 2"))
        .containsExactly("Project 2");
    portal.database.execute(
        """
        UPDATE projects_aerpawproject SET name = 'renamed' WHERE id = 2;
        UPDATE experiments_aerpawexperiment SET name = 'other' WHERE project_id = 2;
        """);
    Map<String, List<String>> withAllChanges = content();
    assertThat(restored.keySet()).isEqualTo(before.keySet());
    try (TestPortal reference = copyOf(set)) {
      reference.database.execute(otherChanges);
      assertThat(withAllChanges)
          .isEqualTo(DatabaseContent.of(reference.database).asFixturesShowIt());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void ownedShouldRestoreExactlyWhatACascadeDeletes(int seed) throws Exception {
    populated();
    var random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      CascadeDelete.Row row = anyRow(random);
      BackupSet set = portal.set(portal.dump());
      Map<String, List<String>> before = content();
      Collection<CascadeDelete.Row> named = CascadeDelete.delete(portal, row);
      Map<String, List<String>> expected = withDeletedRows(content(), before);

      LoadReport report = restored(set, RelatedObjects.OWNED, 100_000, objects(named));

      assertThat(content()).as("seed %d, %s", seed, row).isEqualTo(expected);
      assertThat(report.updated()).as("seed %d, %s", seed, row).isZero();
    }
  }

  @Test
  void onlyTheRequestedObjectsShouldBeLoadedWithNothing() throws Exception {
    portal.loaded(user(1), user(2), project(1, 1), project(2, 1), project(3, 2));
    BackupSet set = portal.set(portal.dump());
    portal.database.execute(
        "DELETE FROM projects_aerpawproject WHERE id <> 3; UPDATE projects_aerpawproject SET"
            + " name = 'new'");

    LoadReport report =
        restored(set, null, null, "projects.aerpawproject:1", "Projects.AerpawProject: 3 ,1");

    assertThat(report.created()).isEqualTo(1);
    assertThat(report.updated()).isEqualTo(1);
    assertThat(report.files())
        .extracting(LoadReport.LoadedFile::name)
        .containsExactly("projects.json");
    assertThat(portal.select("SELECT id, name FROM projects_aerpawproject ORDER BY 1"))
        .containsExactly("1 ", "3 ");
    assertThat(reasons(report))
        .containsExactly(
            "projects.aerpawproject(pk=1): requested", "projects.aerpawproject(pk=3): requested");
  }

  @Test
  void missingReferenceShouldStopALoadWithNothing() throws Exception {
    portal.loaded(user(1), project(7, 1));
    BackupSet set = portal.set(portal.dump());
    portal.database.execute("DELETE FROM projects_aerpawproject; DELETE FROM users_aerpawuser");

    assertThat(portal.refused(request(set, null, null, "projects.aerpawproject:7")))
        .singleElement()
        .asString()
        .startsWith("projects.json:")
        .endsWith("project_creator: no users.aerpawuser(pk=1) in the database or in this load");
  }

  @Test
  void referencesThatWereDeletedTooShouldBeRestoredAndExistingOnesBeLeftAlone() throws Exception {
    portal.loaded(profile(5), user(3).with("profile", 5), user(4), project(7, 3), project(8, 4));
    BackupSet set = portal.set(portal.dump());
    portal.database.execute(
        "DELETE FROM projects_aerpawproject; DELETE FROM users_aerpawuser WHERE id = 3;"
            + " DELETE FROM profiles_aerpawuserprofile; UPDATE users_aerpawuser SET first_name"
            + " = 'new'");

    LoadReport report =
        restored(set, RelatedObjects.REFERENCES, null, "projects.aerpawproject:7,8");

    assertThat(reasons(report))
        .containsExactly(
            "projects.aerpawproject(pk=7): requested",
            "projects.aerpawproject(pk=8): requested",
            "users.aerpawuser(pk=3): project_creator of projects.aerpawproject(pk=7)",
            "profiles.aerpawuserprofile(pk=5): profile of users.aerpawuser(pk=3)");
    assertThat(portal.select("SELECT id, first_name FROM users_aerpawuser ORDER BY 1"))
        .containsExactly("3 ", "4 new");
  }

  @Test
  void dryRunShouldChangeNothingAndGiveTheReasons() throws Exception {
    BackupSet set = populated();
    Collection<CascadeDelete.Row> named =
        CascadeDelete.delete(portal, new CascadeDelete.Row(PROJECT, "2"));
    DatabaseContent before = DatabaseContent.of(portal.database);
    LoadRequestBuilder request =
        loadFrom(set.id()).objects(objects(named)).with(RelatedObjects.OWNED);

    LoadReport dryRun = report(portal.load(request.dryRun(true).build()));

    assertThat(DatabaseContent.of(portal.database)).isEqualTo(before);
    LoadReport load = report(portal.load(request.dryRun(false).build()));
    assertThat(dryRun.selection()).isEqualTo(load.selection());
    assertThat(dryRun.warnings()).isEqualTo(load.warnings());
    assertThat(dryRun.created()).isEqualTo(load.created()).isPositive();
    assertThat(reasons(dryRun))
        .contains(
            "projects.aerpawproject(pk=2): requested",
            "projects.userproject(pk=1): its project is projects.aerpawproject(pk=2)",
            "error_handling.aerpawthread(pk=8): its experiment is"
                + " experiments.aerpawexperiment(pk=9)");
  }

  @Test
  void keyOfADifferentObjectShouldStopTheLoad() throws Exception {
    portal.loaded(user(3), user(4), project(7, 3), project(8, 4));
    BackupSet set = portal.set(portal.dump());
    portal.database.execute(
        """
        UPDATE users_aerpawuser SET username = 'somebody else' WHERE id = 3;
        UPDATE projects_aerpawproject SET created = '2023-01-01T00:00:00Z' WHERE id = 8;
        """);

    assertThat(portal.refused(request(set, null, null, "projects.aerpawproject:7,8")))
        .containsExactly(
            "projects.aerpawproject(pk=8): the primary key now belongs to a different object:"
                + " created differs");
    assertThat(portal.refused(request(set, null, null, "projects.aerpawproject:7")))
        .containsExactly(
            "users.aerpawuser(pk=3): the primary key now belongs to a different object: username"
                + " differs (project_creator of projects.aerpawproject(pk=7))");
  }

  @Test
  void nobodyShouldTakeAFreeKeyOrDeleteAReferenceAfterTheSearch() throws Exception {
    portal.loaded(user(3), user(4), project(7, 3), project(8, 4));
    BackupSet set = portal.set(portal.dump());
    portal.database.execute(
        "DELETE FROM projects_aerpawproject; DELETE FROM users_aerpawuser WHERE id = 3");
    List<String> states = new ArrayList<>();
    TestPortal server =
        portal.withSessions(
            Interference.before(
                "CREATE TEMPORARY TABLE load_0",
                portal.database.dataSource(),
                () -> {
                  states.add(stateOf("UPDATE users_aerpawuser SET id = 3 WHERE id = 4"));
                  states.add(stateOf("DELETE FROM users_aerpawuser WHERE id = 4"));
                }));

    report(
        server.load(request(set, RelatedObjects.REFERENCES, null, "projects.aerpawproject:7,8")));

    String lockNotAvailable = "55P03";
    assertThat(states).containsExactly(lockNotAvailable, lockNotAvailable);
  }

  /** The state in which another session's statement ends; null if it succeeds. */
  private String stateOf(String sql) throws SQLException {
    try (var connection = portal.database.connect();
        var statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '50ms'");
      statement.execute(sql);
      return null;
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  @Test
  void timestampsThatASetTruncatedShouldStillIdentifyTheirObject() throws Exception {
    portal.loaded(user(3), project(7, 3).with("created", "2022-01-01T00:00:01.123456Z"));
    portal.database.execute("UPDATE projects_aerpawproject SET name = 'new'");
    portal.withFixture("one.json", project(7, 3).with("created", "2022-01-01T00:00:01.123Z"));

    assertThat(
            portal
                .load(load().fixtures("one").dryRun().objects("projects.aerpawproject:7").build())
                .errors())
        .isEmpty();
  }

  @Test
  void everyProblemOfARequestShouldBeReportedAtOnce() {
    var thrown =
        catchThrowableOfType(
            () ->
                portal.load(
                    loadFrom("nowhere")
                        .mode(LoadMode.REPLACE)
                        .objects("users.nobody:1", "users.aerpawuser", "users.aerpawuser:1,x,,1.5")
                        .with(RelatedObjects.OWNED)
                        .limit(5)
                        .build()),
            InvalidRequestException.class);

    assertThat(thrown.errors())
        .extracting(Object::toString)
        .containsExactly(
            "mode: replace is not possible with objects, since it would delete all others",
            "objects: unknown model: users.nobody",
            "objects: must be a model and keys such as users.aerpawuser:7,8, but is"
                + " users.aerpawuser",
            "objects: 'x' is not a key of users.aerpawuser: a key must be a whole number",
            "objects: '' is not a key of users.aerpawuser: a key must be a whole number",
            "objects: '1.5' is not a key of users.aerpawuser: a key must be a whole number",
            "from: must be fixtures, dumpdata, latest or the name of a set; there are no"
                + " readable sets");
    var withoutObjects = load().with(RelatedObjects.OWNED).limit(5).build();
    assertThat(
            catchThrowableOfType(() -> portal.load(withoutObjects), InvalidRequestException.class)
                .errors())
        .extracting(Object::toString)
        .contains("with: allowed only with objects", "limit: allowed only with objects");
  }

  @Test
  void everyObjectThatTheSetLacksShouldBeNamed() throws Exception {
    portal.loaded(user(1), project(1, 1));
    BackupSet set = portal.set(portal.dump());

    assertThat(
            portal.refused(
                request(set, null, null, "users.aerpawuser:1,98", "projects.aerpawproject:99")))
        .containsExactly(
            "users.aerpawuser(pk=98): objects: not in " + set.id(),
            "projects.aerpawproject(pk=99): objects: not in " + set.id());
  }

  @Test
  void moreObjectsThanTheLimitShouldStopTheLoad() throws Exception {
    portal.loaded(user(1), user(2), project(1, 1), project(2, 2));
    BackupSet set = portal.set(portal.dump());
    portal.database.execute("DELETE FROM projects_aerpawproject; DELETE FROM users_aerpawuser");
    String projects = "projects.aerpawproject:1,2";

    assertThat(portal.refused(request(set, RelatedObjects.REFERENCES, 3, projects)))
        .containsExactly(
            "limit: more than 3 objects are selected; if that is intended, set a higher limit");
    assertThat(restored(set, RelatedObjects.REFERENCES, 4, projects).created()).isEqualTo(4);
  }

  @Test
  void moreThanAThousandObjectsShouldNeedALimit() throws Exception {
    portal.database.execute(
        """
        INSERT INTO operations_canonicalnumber (id, canonical_number, created, modified, is_deleted, is_retired)
        SELECT i, i, now(), now(), false, false FROM generate_series(1, 1001) i
        """);
    BackupSet set = portal.set(portal.dump());
    portal.database.execute("DELETE FROM operations_canonicalnumber");
    var keys = new StringBuilder("operations.canonicalnumber:1");
    for (int key = 2; key <= 1001; key++) {
      keys.append(',').append(key);
    }

    assertThat(portal.refused(request(set, null, null, keys.toString())))
        .singleElement()
        .asString()
        .contains("more than 1000 objects are selected");
    LoadReport report = restored(set, null, 1001, keys.toString());
    assertThat(report.created()).isEqualTo(1001);
    assertThat(report.selection().objects()).hasSize(1000);
    assertThat(report.selection().more()).isEqualTo(1);
  }

  @Test
  void scheduledSessionShouldBringItsParentAndTheParentItsChild() throws Exception {
    BackupSet set = populated();
    for (String requested :
        List.of("experiments.scheduledsession:5", "experiments.ondemandsession:5")) {
      Map<String, List<String>> before = content();
      CascadeDelete.delete(portal, new CascadeDelete.Row("experiments_scheduledsession", "5"));

      LoadReport report = restored(set, RelatedObjects.OWNED, null, requested);

      assertThat(report.created()).isEqualTo(2);
      assertThat(content()).isEqualTo(before);
    }
  }

  @Test
  void lostReferencesOfOtherObjectsShouldBeReported() throws Exception {
    BackupSet set = populated();
    CascadeDelete.delete(portal, new CascadeDelete.Row(PROJECT, "2"));

    LoadReport report = restored(set, null, null, "projects.aerpawproject:2");

    assertThat(report.created()).isEqualTo(1);
    assertThat(report.warnings())
        .containsExactly(
            "experiments.aerpawexperiment:1,9,17,25,33 refer to restored objects (field project)"
                + " and are missing from the database; to restore them too, name them in"
                + " \"objects\" (--objects)",
            "projects.userproject:1,9,17,25,33,41,49,57,65,73 refer to restored objects (field"
                + " project) and are missing from the database; to restore them too, name them"
                + " in \"objects\" (--objects)");
  }

  @Test
  void entriesOfListsShouldOnlyBeReportedUnlessOwnedIsLoaded() throws Exception {
    portal.loaded(
        group(9, "a"),
        user(1).with("groups", List.of(9)),
        user(2).with("groups", List.of(9)),
        user(3).with("groups", List.of(9)));
    BackupSet set = portal.set(portal.dump("users", "auth"));
    portal.database.execute(
        "DELETE FROM users_aerpawuser_groups; DELETE FROM auth_group;"
            + " UPDATE users_aerpawuser SET username = 'somebody else' WHERE id = 2");
    String groups = "SELECT aerpawuser_id, group_id FROM users_aerpawuser_groups";

    assertThat(restored(set, RelatedObjects.REFERENCES, null, "auth.group:9").warnings())
        .containsExactly(
            "the list groups of users.aerpawuser:1,3 no longer contains restored objects; to"
                + " restore these entries, use \"with\": \"owned\" (--with owned)");
    assertThat(portal.select(groups)).isEmpty();
    portal.database.execute("DELETE FROM auth_group");
    assertThat(restored(set, RelatedObjects.OWNED, null, "auth.group:9").warnings())
        .containsExactly(
            "restored entries of the list groups of users.aerpawuser:1,3 (2 in total)");
    assertThat(portal.select(groups)).containsExactlyInAnyOrder("1 9", "3 9");
  }

  @Test
  void naturalKeysShouldBeResolvedButNotSearchedForOwners() throws Exception {
    portal.loaded(user(3), project(7, 3), credentials(1, 3));
    portal.insert(
        "projects_userproject", "id", 1, "user_id", 3, "granted_by_id", 3, "project_id", 7);
    BackupSet set = portal.set(portal.dump(dumpOf().naturalKeys(true, false).build()));
    portal.database.execute("DELETE FROM projects_userproject; DELETE FROM projects_aerpawproject");

    assertThat(restored(set, RelatedObjects.REFERENCES, null, "projects.aerpawproject:7").created())
        .isEqualTo(1);
    assertThat(portal.refused(request(set, RelatedObjects.OWNED, null, "users.aerpawuser:3")))
        .singleElement()
        .asString()
        .contains(
            "projects.userproject(pk=1): granted_by: owned objects can only be found by primary"
                + " key");
  }

  @Test
  void objectsWithoutPrimaryKeysShouldNotBeFound() throws Exception {
    portal.loaded(user(3));
    BackupSet set = portal.set(portal.dump(dumpOf().naturalKeys(true, true).build()));

    assertThat(portal.refused(request(set, null, null, "users.aerpawuser:3")))
        .containsExactly("users.aerpawuser(pk=3): objects: not in " + set.id());
  }

  @Test
  void existingObjectShouldStopALoadThatInserts() throws Exception {
    portal.loaded(user(3));
    BackupSet set = portal.set(portal.dump());
    var request = loadFrom(set.id()).mode(LoadMode.INSERT).objects("users.aerpawuser:3").build();

    assertThat(portal.refused(request))
        .singleElement()
        .asString()
        .contains("users.aerpawuser(pk=3)");
  }

  @Test
  void loadOfSomeObjectsShouldNotCountAsALoadOfTheFiles() throws Exception {
    portal.withFixture("one.json", user(3), user(4));
    var request = load().objects("users.aerpawuser:3").build();

    report(portal.load(request));

    portal.loads.loadOnceAndWait(LoadRequest.DEFAULT, "a test");
    assertThat(portal.select("SELECT id FROM users_aerpawuser ORDER BY 1"))
        .containsExactly("3", "4");
  }

  private BackupSet populated() throws Exception {
    portal.withDjangoSet();
    assertThat(portal.load().errors()).isEmpty();
    return portal.set(portal.dump());
  }

  /** Another portal with what this one had when it was dumped. */
  private TestPortal copyOf(BackupSet set) throws Exception {
    TestPortal copy = TestPortal.migrated(portal.fixtures.resolveSibling("copy"));
    copy.withFixture(TestPortal.djangoSet().get(0));
    for (String file : set.manifest().files().keySet()) {
      copy.withFixture(set.folder().resolve(file));
    }
    assertThat(copy.load().errors()).isEmpty();
    return copy;
  }

  private Map<String, List<String>> content() throws Exception {
    return DatabaseContent.of(portal.database).asFixturesShowIt();
  }

  private CascadeDelete.Row anyRow(Random random) throws Exception {
    while (true) {
      String table = CascadeDelete.TABLES.get(random.nextInt(CascadeDelete.TABLES.size()));
      List<String> keys =
          portal.select(
              "SELECT %s FROM %s ORDER BY 1".formatted(CascadeDelete.primaryKey(table), table));
      if (!keys.isEmpty()) {
        return new CascadeDelete.Row(table, keys.get(random.nextInt(keys.size())));
      }
    }
  }

  private static final Pattern KEY = Pattern.compile("\"(?:id|ondemandsession_ptr_id)\": (\\d+)");

  /** The present rows, and those of before whose keys are gone; rows of pairs have no key. */
  private static Map<String, List<String>> withDeletedRows(
      Map<String, List<String>> now, Map<String, List<String>> before) {
    Map<String, List<String>> all = new TreeMap<>();
    Set<String> tables = new HashSet<>(now.keySet());
    tables.addAll(before.keySet());
    for (String table : tables) {
      Map<String, String> byKey = new LinkedHashMap<>();
      for (String row : before.getOrDefault(table, List.of())) {
        byKey.put(key(row), row);
      }
      for (String row : now.getOrDefault(table, List.of())) {
        byKey.put(key(row), row);
      }
      all.put(table, byKey.values().stream().sorted().toList());
    }
    return all;
  }

  private static String key(String row) {
    Matcher key = KEY.matcher(row);
    return key.find() ? key.group(1) : row;
  }

  /** As a request names them. */
  private String[] objects(Collection<CascadeDelete.Row> rows) {
    List<String> objects = new ArrayList<>();
    for (CascadeDelete.Row row : rows) {
      Model model =
          portal.registry.models().stream()
              .filter(candidate -> candidate.table().equals(row.table()))
              .findFirst()
              .orElseThrow();
      objects.add(model + ":" + row.key());
    }
    return objects.toArray(String[]::new);
  }

  private static LoadRequest request(
      BackupSet set, RelatedObjects with, Integer limit, String... objects) {
    return loadFrom(set.id()).objects(objects).with(with).limit(limit).build();
  }

  private LoadReport restored(BackupSet set, RelatedObjects with, Integer limit, String... objects)
      throws Exception {
    return report(portal.load(request(set, with, limit, objects)));
  }

  private static LoadReport report(Run load) {
    assertThat(load.errors()).isEmpty();
    return load.report(LoadReport.class);
  }

  private static List<String> reasons(LoadReport report) {
    return report.selection().objects().stream().map(Object::toString).toList();
  }
}

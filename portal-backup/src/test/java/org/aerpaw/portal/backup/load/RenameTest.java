package org.aerpaw.portal.backup.load;

import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.object;
import static org.aerpaw.portal.backup.Fixture.profile;
import static org.aerpaw.portal.backup.Fixture.project;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.aerpaw.portal.backup.LoadRequestBuilder.load;
import static org.aerpaw.portal.backup.LoadRequestBuilder.loadFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.Fixture.Item;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.load.fast.Strategy;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.selection.RelatedObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Loads of files that were written before models and fields were renamed. */
@ExtendWith(TestPortalExtension.class)
class RenameTest {

  private static final Map<String, String> THREADS =
      Map.of("threads.thread", "error_handling.aerpawthread");

  private static final Map<String, String> ACCOUNTS =
      Map.of(
          "accounts.account", "users.aerpawuser",
          "accounts.account.login", "users.aerpawuser.username",
          "accounts.account.roles", "users.aerpawuser.groups",
          "accounts.account.page", "users.aerpawuser.profile");

  private static final String FORM =
      "rename: must be old and new names of models, such as users.aerpawuser, or of fields, such as"
          + " users.aerpawuser.email, but is ";

  private final TestPortal portal;

  RenameTest(TestPortal portal) {
    this.portal = portal;
  }

  @Test
  void objectsOfARenamedModelShouldBecomeRowsOfTheNewOne() throws Exception {
    portal.withFixture("threads.json", thread(1), thread(2));

    LoadReport report = done(renaming(THREADS));

    assertThat(report.models()).containsOnlyKeys("error_handling.aerpawthread");
    assertThat(report.created()).isEqualTo(2);
    assertThat(report.warnings()).isEmpty();
  }

  @Test
  void renamedFieldsAndListsShouldKeepTheirValues() throws Exception {
    portal.withFixture("a.json", account(7), profile(3), group(4, "four"));

    LoadReport report = done(renaming(ACCOUNTS));

    assertThat(report.warnings()).isEmpty();
    assertThat(
            portal.select(
                "SELECT u.id, username, profile_id, group_id FROM users_aerpawuser u"
                    + " JOIN users_aerpawuser_groups g ON aerpawuser_id = u.id"))
        .containsExactly("7 user7 3 4");
  }

  @Test
  void fieldsThatSwappedTheirNamesShouldBeSwapped() throws Exception {
    portal.withFixture("a.json", user(1).with("first_name", "Ada").with("last_name", "Lovelace"));

    done(
        renaming(
            Map.of(
                "users.aerpawuser.first_name", "users.aerpawuser.last_name",
                "users.aerpawuser.last_name", "users.aerpawuser.first_name")));

    assertThat(portal.select("SELECT first_name, last_name FROM users_aerpawuser"))
        .containsExactly("Lovelace Ada");
  }

  @Test
  void aFieldShouldBeRenamedIfANewFieldHasItsOldName() throws Exception {
    portal.withFixture("a.json", user(1).with("first_name", "Ada").without("last_name"));

    LoadReport report =
        done(renaming(Map.of("users.aerpawuser.first_name", "users.aerpawuser.last_name")));

    assertThat(portal.select("SELECT first_name, last_name FROM users_aerpawuser"))
        .containsExactly(" Ada");
    assertThat(report.warnings()).isEmpty();
  }

  @Test
  void oldAndNewNamesInTheSameFilesShouldBothBeLoaded() throws Exception {
    portal.withFixture("a.json", account(1).without("page").without("roles"), user(2));
    portal.withFixture("b.json", user(3), user(4));

    assertThat(done(renaming(ACCOUNTS)).created()).isEqualTo(4);
  }

  @Test
  void labelsInAnotherCaseShouldBeRenamed() throws Exception {
    Item item = thread(1);
    portal.withFixture("a.json", new Item("Threads.Thread", 1, item.fields()));

    assertThat(done(renaming(Map.of("THREADS.thread", "Error_handling.AerpawThread"))).created())
        .isEqualTo(1);
  }

  @Test
  void compressedJsonLinesShouldBeRenamed() throws Exception {
    portal.withPacked("threads.jsonl.gz", Compression.GZ, thread(1) + "\n" + thread(2) + "\n");

    assertThat(done(renaming(THREADS)).created()).isEqualTo(2);
  }

  @Test
  void aDryRunShouldReportWhatTheLoadWouldDo() throws Exception {
    portal.withFixture("threads.json", thread(1));
    DatabaseContent before = DatabaseContent.of(portal.database);

    LoadReport report = done(load().dryRun().rename(THREADS).build());

    assertThat(report.created()).isEqualTo(1);
    assertThat(DatabaseContent.of(portal.database)).isEqualTo(before);
  }

  @Test
  void aLargeFileShouldBeCopiedIntoTheTable() throws Exception {
    Item[] threads = IntStream.range(1, 15_000).mapToObj(RenameTest::thread).toArray(Item[]::new);
    portal.withFixture("threads.json", threads);
    assertThat(Files.size(portal.fixtures.resolve("threads.json"))).isGreaterThan(1 << 20);

    LoadReport report = done(renaming(THREADS));

    assertThat(report.created()).isEqualTo(threads.length);
    assertThat(report.strategies().get("error_handling.aerpawthread").strategy())
        .isEqualTo(Strategy.COPY);
    assertThat(done(renaming(THREADS)).strategies().get("error_handling.aerpawthread").strategy())
        .isEqualTo(Strategy.COMPARE);
  }

  @Test
  void errorsInALargeFileShouldBeLocatedWithOldNames() throws Exception {
    Item[] threads = IntStream.range(1, 15_000).mapToObj(RenameTest::thread).toArray(Item[]::new);
    threads[9_000] = new Item("threads.thread", 9_001, threads[9_000].with("owner", 99).fields());
    portal.withFixture("threads.json", threads);

    assertThat(
            portal.refused(
                renaming(
                    Map.of(
                        "threads.thread", "error_handling.aerpawthread",
                        "threads.thread.owner", "error_handling.aerpawthread.user"))))
        .singleElement()
        .asString()
        .startsWith("threads.json:9002:")
        .endsWith(
            "threads.thread(pk=9001): owner: no users.aerpawuser(pk=99) in the database or in this"
                + " load (the field is now named error_handling.aerpawthread.user in the portal)");
  }

  @Test
  void theManifestOfAnOldSetShouldBeRead() throws Exception {
    portal.loaded(newThread(5), user(1));
    BackupSet set = portal.set(portal.dump());
    rewrite(set, "error_handling.aerpawthread", "threads.thread");
    portal.loaded(newThread(6));

    LoadReport report = done(loadFrom(set.id()).mode(LoadMode.REPLACE).rename(THREADS).build());

    assertThat(report.deleted()).isEqualTo(1);
    assertThat(report.unchanged()).isEqualTo(report.objects());
    assertThat(portal.select("SELECT id FROM error_handling_aerpawthread")).containsExactly("5");
  }

  @Test
  void identitiesInTheManifestShouldBeComparedWithTheNewModel() throws Exception {
    portal.loaded(group(1, "pi"), group(2, "operator"), user(1).with("groups", List.of(2)));
    BackupSet set = portal.set(portal.dump("users"));
    rewrite(set, "auth.group", "roles.role");
    portal.loaded(group(1, "operator"), group(2, "pi"));

    Run load = portal.load(loadFrom(set.id()).rename(Map.of("roles.role", "auth.group")).build());

    assertThat(load.errors())
        .singleElement()
        .asString()
        .endsWith("groups: auth.group(pk=2) is operator in the set, but pi in the database");
  }

  @Test
  void whatBelongsToAnObjectShouldBeFoundByItsOldNames() throws Exception {
    portal.withFixture("a.json", user(1), project(7, 1), project(8, 1), member(5, 7), member(6, 8));
    var rename =
        Map.of(
            "plans.member", "projects.userproject",
            "plans.member.plan", "projects.userproject.project");

    LoadReport report =
        done(
            load()
                .objects("projects.aerpawproject:8")
                .with(RelatedObjects.OWNED)
                .rename(rename)
                .build());

    assertThat(report.selection().objects())
        .extracting(Object::toString)
        .contains("projects.userproject(pk=6): its project is projects.aerpawproject(pk=8)");
    assertThat(portal.select("SELECT id, project_id FROM projects_userproject"))
        .containsExactly("6 8");
  }

  @Test
  void errorsShouldHaveTheNamesOfTheFileAndWhatBecameOfThem() throws Exception {
    portal.withFixture(
        "a.json",
        account(1).with("login", 5),
        account(2).with("shoe_size", 5),
        account(3).with("username", "both"),
        account(4).with("is_staff", "no"),
        user(5).with("is_staff", "no"));

    assertThat(portal.refused(renaming(ACCOUNTS)))
        .containsExactly(
            "a.json:2:131: accounts.account(pk=1): login: text is expected, not a whole number"
                + " (the field is now named users.aerpawuser.username in the portal)",
            "a.json:3:178: accounts.account(pk=2): shoe_size: no such field (the model is now"
                + " named users.aerpawuser in the portal)",
            "a.json:4:177: accounts.account(pk=3): username: the object contains this field twice, also"
                + " as login (the model is now named users.aerpawuser in the portal)",
            "a.json:5:177: accounts.account(pk=4): is_staff: true or false is expected, not text"
                + " (the model is now named users.aerpawuser in the portal)",
            "a.json:6:155: users.aerpawuser(pk=5): is_staff: true or false is expected, not text");
  }

  @Test
  void duplicateKeysShouldBeReportedWithOldNames() throws Exception {
    portal.withFixture("a.json", account(1), account(1).with("login", "other"));

    assertThat(portal.refused(renaming(ACCOUNTS)))
        .containsExactly(
            "a.json:3:1: accounts.account(pk=1): an object with the same key but different"
                + " content is at a.json:2:1 (the model is now named users.aerpawuser in the"
                + " portal)");
  }

  @Test
  void danglingReferencesShouldBeFoundInFieldsWithOldNames() throws Exception {
    portal.withFixture("a.json", account(1), group(4, "four"));

    assertThat(portal.refused(renaming(ACCOUNTS)))
        .containsExactly(
            "a.json:2:148: accounts.account(pk=1): page: no profiles.aerpawuserprofile(pk=3) in the"
                + " database or in this load (the field is now named users.aerpawuser.profile in the portal)");
  }

  /** Whether content types and permissions were renamed depends on Django's migration. */
  @Test
  void naturalKeysShouldStayAsTheyAre() throws Exception {
    portal.withFixture(
        "a.json",
        user(1).with("user_permissions", List.of(List.of("view_thread", "threads", "thread"))),
        thread(1));

    assertThat(portal.refused(renaming(THREADS)))
        .singleElement()
        .asString()
        .endsWith(
            "user_permissions: no auth.permission with natural key [view_thread, threads, thread]"
                + " in the database or in this load");
  }

  @Test
  void oldNamesThatNoObjectHasShouldBeWarnings() throws Exception {
    portal.withFixture("a.json", thread(1));

    assertThat(
            done(renaming(
                    Map.of(
                        "threads.thread", "error_handling.aerpawthread",
                        "threads.thread.begin", "error_handling.aerpawthread.thread_start",
                        "threads.thread.message", "error_handling.aerpawthread.error",
                        "mistakes.mistake", "error_handling.aerpawerror")))
                .warnings())
        .containsExactly(
            "no object has the old name mistakes.mistake",
            "no object has the old name threads.thread.begin",
            "no object has the old name threads.thread.message");
  }

  @Test
  void everyProblemOfARequestShouldBeReportedAtOnce() {
    var rename = new TreeMap<String, String>();
    rename.put("a.b", "users.nobody");
    rename.put("c.d", "auth.group");
    rename.put("C.D", "auth.permission");
    rename.put("c.e", "auth.permission");
    rename.put("c.d.x", "auth.permission.name");
    rename.put("c.e.x", "auth.permission.shoe_size");
    rename.put("f.g.x", "f.g.y");
    rename.put("h.i", "auth.group");
    rename.put("users", "people");
    rename.put("users.aerpawuser", "users.aerpawuser");
    rename.put("users.aerpawuser.name", "users.aerpawuser");
    rename.put("users.aerpawuser.a", "users.aerpawuser.username");
    rename.put("users.aerpawuser.b", "users.aerpawuser.username");
    rename.put("users.aerpawuser.c", null);

    assertThat(
            catchThrowableOfType(InvalidRequestException.class, () -> portal.load(renaming(rename)))
                .errors())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "rename: no such model: users.nobody, the new name of a.b",
            "rename: c.d has two new names",
            FORM + "users=people",
            "rename: the old and the new name are the same: users.aerpawuser",
            FORM + "users.aerpawuser.c=null",
            FORM + "users.aerpawuser.name=users.aerpawuser",
            "rename: c.d and h.i have the same new name: auth.group",
            "rename: the new name of c.d.x must be a field of auth.group, but is"
                + " auth.permission.name; the old name is the one in the files, the new"
                + " name that of the portal",
            "rename: no such field: auth.permission.shoe_size, the new name of c.e.x",
            "rename: no such model: f.g; if it was renamed, add its old and new name too",
            "rename: users.aerpawuser.a and users.aerpawuser.b have the same new name: username",
            "from: the directory of the portal's own fixtures (PORTAL_FIXTURES_DIR) contains no fixture files");
  }

  @Test
  void aNameShouldBeReplacedOnce() throws Exception {
    portal.withFixture(
        "a.json",
        new Item("auth.team", 1, Map.of("name", "team")),
        new Item("auth.group", 2, profile(2).fields()));

    done(renaming(Map.of("auth.team", "auth.group", "auth.group", "profiles.aerpawuserprofile")));

    assertThat(portal.select("SELECT id, name FROM auth_group")).containsExactly("1 team");
    assertThat(portal.select("SELECT id FROM profiles_aerpawuserprofile")).containsExactly("2");
  }

  private static Item thread(Object pk) {
    return new Item("threads.thread", pk, newThread(pk).fields());
  }

  private static Item newThread(Object pk) {
    return object("error_handling.aerpawthread", pk).with("thread_start", "2022-01-01T00:00:00Z");
  }

  /** A member of a project, which was called a plan. */
  private static Item member(Object pk, int plan) {
    return object("plans.member", pk)
        .with("plan", plan)
        .with("user", 1)
        .with("granted_by", 1)
        .with("granted_date", "2022-01-01T00:00:00Z");
  }

  /** A user of a portal whose app was called {@code accounts}. */
  private static Item account(Object pk) {
    Item user =
        user(pk)
            .without("username")
            .with("login", "user" + pk)
            .with("page", 3)
            .with("roles", List.of(4));
    return new Item("accounts.account", pk, user.fields());
  }

  private static LoadRequest renaming(Map<String, String> rename) {
    return load().rename(rename).build();
  }

  /** Makes a set of one whose models had other labels. */
  private static void rewrite(BackupSet set, String label, String oldLabel) throws Exception {
    Path manifest = set.folder().resolve(Manifest.FILE);
    String text = Files.readString(manifest).replace(label, oldLabel);
    for (var file : set.manifest().files().entrySet()) {
      Path path = set.folder().resolve(file.getKey());
      Files.writeString(path, Files.readString(path).replace(label, oldLabel));
      text =
          text.replace(file.getValue().sha256(), Sha256.hex(path))
              .replace("\"bytes\": " + file.getValue().bytes(), "\"bytes\": " + Files.size(path));
    }
    Files.writeString(manifest, text);
  }

  private LoadReport done(LoadRequest request) throws Exception {
    Run run = portal.load(request);
    assertThat(run.errors()).isEmpty();
    assertThat(run.state()).isEqualTo(RunState.DONE);
    return run.report(LoadReport.class);
  }
}

package org.aerpaw.portal.backup.diff;

import static java.util.Comparator.comparing;
import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.diff.DiffReport.Change;
import org.aerpaw.portal.backup.diff.DiffReport.ChangedField;
import org.aerpaw.portal.backup.diff.DiffReport.ComparedModel;
import org.aerpaw.portal.backup.diff.DiffReport.DifferentObject;
import org.aerpaw.portal.backup.diff.DiffReport.Values;
import org.aerpaw.portal.backup.dump.ConcurrentWriter;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestPortalExtension.class)
class DiffTest {

  private static final String DATABASE = DiffRequest.DATABASE;
  private static final String USER = "users.aerpawuser";
  private static final String PROFILE = "profiles.aerpawuserprofile";

  @Test
  void setEqualsTheDatabaseThatItWasDumpedFrom(TestPortal portal) throws Exception {
    portal.withDjangoSet().load();
    BackupSet set = portal.set(portal.dump());

    Run run = run(portal, set.id(), DATABASE);

    assertThat(run.kind()).isEqualTo(RunKind.DIFF);
    DiffReport report = run.report(DiffReport.class);
    assertThat(report.from()).isEqualTo(set.id());
    assertThat(report.to()).isEqualTo(DATABASE);
    assertThat(report.models()).hasSize(19);
    assertThat(report.models().stream().mapToLong(ComparedModel::equal).sum()).isEqualTo(1074);
    assertThat(report.differences()).isEmpty();
    assertThat(report.onlyInFrom()).isEmpty();
    assertThat(report.onlyInTo()).isEmpty();
    assertThat(report.warnings()).isEmpty();
    assertThat(run.progress().objects()).isEqualTo(1074);
    assertThat(portal.runs.find(run.id())).contains(run);
  }

  @Test
  void addedRemovedAndChangedObjectsAreNamedWithTheirFields(TestPortal portal) throws Exception {
    users(portal, 4);
    portal.insert("auth_group", "id", 1, "name", "operator");
    BackupSet set = portal.set(portal.dump());
    portal.database.execute(
        """
        DELETE FROM users_aerpawuser WHERE id = 1;
        UPDATE users_aerpawuser SET email = 'new', is_staff = true WHERE id = 2;
        INSERT INTO users_aerpawuser_groups (aerpawuser_id, group_id) VALUES (4, 1)
        """);
    portal.insert("users_aerpawuser", "id", 9, "username", "nine");

    DiffReport report = diff(portal, set.id(), DATABASE);

    assertThat(of(report, USER)).isEqualTo(new ComparedModel(USER, 1, 1, 2, 1));
    assertThat(report.differences())
        .containsExactly(
            new DifferentObject(USER, 1, Change.REMOVED, List.of()),
            new DifferentObject(USER, 2, Change.CHANGED, fields("email", "is_staff")),
            new DifferentObject(USER, 4, Change.CHANGED, fields("groups")),
            new DifferentObject(USER, 9, Change.ADDED, List.of()));
    assertThat(report.summary()).contains("4 objects differ");
    assertThat(diff(portal, set.id(), portal.set(portal.dump()).id()).differences())
        .isEqualTo(report.differences());
  }

  @Test
  void valuesAreShownOnRequestButNeverThoseOfSecretFields(TestPortal portal) throws Exception {
    portal
        .insert("profiles_aerpawuserprofile", "id", 1, "access_token", "hush1")
        .insert("users_aerpawuser", "id", 1, "username", "ann", "password", "hush2")
        .insert(
            "credentials_publiccredentials", "id", 1, "owner_id", 1, "public_credential", "hush3");
    BackupSet set = portal.set(portal.dump());
    portal.database.execute(
        """
        INSERT INTO auth_group VALUES (1, 'operator'), (2, 'experimenter');
        UPDATE profiles_aerpawuserprofile SET access_token = 'hush4', refresh_token = 'hush5';
        UPDATE users_aerpawuser
          SET password = 'hush6', openid_sub = 'hush7', email = 'a@b', last_login = '2026-01-01T00:00:00.001002Z';
        UPDATE credentials_publiccredentials SET public_credential = 'hush8', name = repeat('🚀', 250);
        INSERT INTO users_aerpawuser_groups (aerpawuser_id, group_id) VALUES (1, 2), (1, 1)
        """);

    Run run = run(portal, new DiffRequest(set.id(), DATABASE, null, true, null));

    List<DifferentObject> objects = run.report(DiffReport.class).differences();
    assertThat(objects)
        .containsExactlyInAnyOrder(
            changed(PROFILE, secret("access_token"), secret("refresh_token")),
            changed(
                "credentials.publiccredentials",
                new ChangedField("name", new Values("", "🚀".repeat(197) + "...")),
                secret("public_credential")),
            changed(
                USER,
                secret("password"),
                new ChangedField("last_login", new Values(null, "2026-01-01T00:00:00.001002Z")),
                new ChangedField("email", new Values("", "a@b")),
                secret("openid_sub"),
                new ChangedField("groups", new Values("[]", "[1, 2]"))));
    assertThat(JsonBinding.toJson(run)).contains("a@b").doesNotContain("hush");
    assertThat(portal.select("SELECT row_to_json(run) FROM fixtures.run run"))
        .noneMatch(row -> row.contains("hush"));
    assertThat(portal.runs.find(run.id())).contains(run);
    assertThat(JsonBinding.toJson(run(portal, set.id(), DATABASE))).doesNotContain("a@b");
  }

  @Test
  void reportNamesTheFirstHundredObjectsAndCountsAll(TestPortal portal) throws Exception {
    BackupSet empty = portal.set(portal.dump());
    users(portal, 150);

    DiffReport report = diff(portal, empty.id(), DATABASE);

    assertThat(of(report, USER).added()).isEqualTo(150);
    assertThat(report.differences()).extracting(DifferentObject::pk).hasSize(100).endsWith(100L);
  }

  @Test
  void onlyRequestedModelsAreCompared(TestPortal portal) throws Exception {
    users(portal, 1);
    BackupSet set = portal.set(portal.dump());

    DiffReport report =
        run(portal, new DiffRequest(set.id(), DATABASE, List.of("profiles", USER), false, null))
            .report(DiffReport.class);

    assertThat(report.models()).extracting(ComparedModel::model).containsExactly(PROFILE, USER);
    assertThat(report.onlyInTo()).isEmpty();
  }

  @Test
  void modelsThatOneSideLacksAreNamedAndNotCompared(TestPortal portal) throws Exception {
    users(portal, 1);
    BackupSet users = portal.set(portal.dump("users", "profiles"));
    BackupSet groups = portal.set(portal.dump("auth.group", "users"));

    DiffReport report = diff(portal, users.id(), groups.id());
    assertThat(report.models()).extracting(ComparedModel::model).containsExactly(USER);
    assertThat(report.onlyInFrom()).containsExactly(PROFILE);
    assertThat(report.onlyInTo()).containsExactly("auth.group");
    assertThat(report.differences()).isEmpty();

    DiffReport withDatabase = diff(portal, groups.id(), DATABASE);
    assertThat(withDatabase.models())
        .extracting(ComparedModel::model)
        .containsExactly("auth.group", USER);
    assertThat(withDatabase.onlyInFrom()).isEmpty();
    assertThat(withDatabase.onlyInTo())
        .contains(PROFILE, "projects.aerpawproject")
        .doesNotContain("auth.permission");
  }

  @Test
  void objectsThatWereNotDumpedAreNeitherAddedNorRemoved(TestPortal portal) throws Exception {
    users(portal, 4);
    BackupSet all = portal.set(portal.dump());
    BackupSet some = portal.set(portal.dump(dumpOf(USER).pks(2L, 3L).build()));
    portal.database.execute(
        "DELETE FROM users_aerpawuser WHERE id = 2; UPDATE users_aerpawuser SET email = 'x'");

    DiffReport withDatabase = diff(portal, some.id(), DATABASE);
    assertThat(withDatabase.models()).containsExactly(new ComparedModel(USER, 0, 1, 1, 0));
    assertThat(withDatabase.warnings())
        .containsExactly(
            some.id()
                + "/users.json contains only some objects of its models, so objects that it lacks"
                + " do not count as added");
    DiffReport withSet = diff(portal, all.id(), some.id());
    assertThat(withSet.models()).containsExactly(new ComparedModel(USER, 0, 0, 0, 2));
    assertThat(withSet.warnings().get(0)).endsWith("do not count as removed");
  }

  @Test
  void unknownSetsAppsAndModelsAreNamedAtOnce(TestPortal portal) throws Exception {
    assertThat(problems(portal, "latest", "20260101T000000.000Z", "nobody", "users.nobody"))
        .containsExactly(
            "models: unknown app: nobody",
            "models: unknown model: users.nobody",
            "from: no such set; there are no readable sets",
            "to: no such set; there are no readable sets");
    BackupSet set = portal.set(portal.dump());
    assertThat(problems(portal, "../" + set.id(), DATABASE))
        .containsExactly("from: no such set; the sets are: " + set.id());
    assertThat(problems(portal, DATABASE, set.id())).hasSize(1);
    assertThat(portal.runs.newest(10)).hasSize(1);
  }

  @Test
  void setsWithoutACommonModelCannotBeCompared(TestPortal portal) throws Exception {
    BackupSet users = portal.set(portal.dump("users"));
    BackupSet profiles = portal.set(portal.dump("profiles"));

    assertThat(problems(portal, users.id(), profiles.id()))
        .containsExactly("to: contains none of the models to compare");
    assertThat(problems(portal, users.id(), DATABASE, "profiles")).hasSize(1);
  }

  @Test
  void setWithAnUnknownModelIsComparedIfTheOthersAreNamed(TestPortal portal) throws Exception {
    users(portal, 2);
    BackupSet set = portal.set(portal.dump());
    BackupSet forged =
        rewrite(
            portal,
            set,
            "users.json",
            text -> text.replaceFirst(USER, "users.ghost"),
            manifest ->
                manifest.replaceFirst(
                    "\"users.aerpawuser\": 2", "\"users.ghost\": 1, \"users.aerpawuser\": 1"));

    assertThat(problems(portal, forged.id(), DATABASE))
        .containsExactly(
            "from: users.json contains objects of an unknown model: users.ghost; name the models"
                + " to compare, without this one");
    assertThat(
            run(portal, new DiffRequest(forged.id(), DATABASE, List.of("users"), false, null))
                .report(DiffReport.class)
                .models())
        .containsExactly(new ComparedModel(USER, 1, 0, 0, 1));
  }

  @Test
  void millisecondsEqualExactTimestampsThatTheyWereTruncatedFrom(TestPortal portal)
      throws Exception {
    portal
        .insert("operations_canonicalnumber", "id", 1, "created", "1969-12-31T23:59:59.999999Z")
        .insert("operations_canonicalnumber", "id", 2, "created", "2026-01-01T00:00:00.001001Z");
    BackupSet exact = portal.set(portal.dump());
    BackupSet truncated =
        portal.set(portal.dump(new FileLayout(2, TimestampPrecision.MILLISECONDS)));

    for (DiffReport report :
        List.of(
            diff(portal, truncated.id(), DATABASE),
            diff(portal, truncated.id(), exact.id()),
            diff(portal, exact.id(), truncated.id()))) {
      assertThat(report.differences()).isEmpty();
      assertThat(report.warnings())
          .singleElement()
          .asString()
          .startsWith(
              "timestamps are compared to the millisecond, since these files have no"
                  + " microseconds: ")
          .contains(truncated.id() + "/operations.json")
          .doesNotContain(exact.id());
    }
    portal.database.execute(
        "UPDATE operations_canonicalnumber SET created = created + interval '1 ms' WHERE id = 2");
    assertThat(diff(portal, truncated.id(), DATABASE).differences())
        .containsExactly(
            new DifferentObject(
                "operations.canonicalnumber", 2, Change.CHANGED, fields("created")));
  }

  @Test
  void naturalKeysAreComparedWithNaturalKeys(TestPortal portal) throws Exception {
    users(portal, 2);
    portal
        .insert("auth_group", "id", 1, "name", "experimenter")
        .insert("auth_group", "id", 2, "name", "operator")
        .insert("users_aerpawuser_groups", "aerpawuser_id", 1, "group_id", 1)
        .insert("users_aerpawuser_groups", "aerpawuser_id", 1, "group_id", 2)
        .insert("projects_aerpawproject", "id", 1, "project_creator_id", 1);
    BackupSet before = portal.set(portal.dump(dumpOf().naturalKeys(true, false).build()));
    assertThat(diff(portal, before.id(), DATABASE).differences()).isEmpty();
    portal.database.execute(
        """
        UPDATE projects_aerpawproject SET project_creator_id = 2;
        DELETE FROM users_aerpawuser_groups WHERE group_id = 1
        """);
    BackupSet after = portal.set(portal.dump(dumpOf().naturalKeys(true, false).build()));

    for (String to : List.of(after.id(), DATABASE)) {
      assertThat(
              run(portal, new DiffRequest(before.id(), to, null, true, null))
                  .report(DiffReport.class)
                  .differences())
          .containsExactly(
              changed(
                  "projects.aerpawproject",
                  new ChangedField("project_creator", new Values("[user1]", "[user2]"))),
              changed(
                  USER,
                  new ChangedField(
                      "groups", new Values("[[experimenter], [operator]]", "[[operator]]"))));
    }
  }

  @Test
  void setsWithDifferentKindsOfKeysAreRefusedWithBothKinds(TestPortal portal) throws Exception {
    users(portal, 1);
    BackupSet keys = portal.set(portal.dump("users"));
    BackupSet natural = portal.set(portal.dump(dumpOf("users").naturalKeys(true, false).build()));
    BackupSet withoutKeys =
        portal.set(portal.dump(dumpOf("users").naturalKeys(false, true).build()));

    assertThat(problems(portal, keys.id(), natural.id()))
        .containsExactly(
            ("to: %s/users.json has primary keys as references and %s/users.json has natural keys"
                    + " (naturalForeign), so they can be compared with the database, but not"
                    + " with each other")
                .formatted(keys.id(), natural.id()));
    assertThat(problems(portal, withoutKeys.id(), DATABASE))
        .containsExactly(
            ("from: users.aerpawuser cannot be compared: %s/users.json has no primary keys"
                    + " (naturalPrimary)")
                .formatted(withoutKeys.id()));
  }

  @Test
  void damagedFilesAreNamed(TestPortal portal) throws Exception {
    users(portal, 2);
    BackupSet set = portal.set(portal.dump());
    Path file = set.folder().resolve("users.json");
    String text = Files.readString(file);

    Files.writeString(file, text.replace("user2", "user3"));
    assertThat(errors(portal, set.id(), DATABASE))
        .containsExactly(set.id() + "/users.json: the sha256 differs from the manifest");
    Files.writeString(file, text.replace("{\n  \"model\"", "[\n  \"model\""));
    assertThat(errors(portal, set.id(), DATABASE))
        .first()
        .asString()
        .startsWith(set.id() + "/users.json:2:1: ");
    Files.writeString(file, text.substring(0, 20));
    assertThat(errors(portal, set.id(), DATABASE))
        .containsExactly(
            set.id() + "/users.json: it has 20 bytes, but the manifest says " + text.length());
    Files.delete(file);
    assertThat(errors(portal, set.id(), DATABASE))
        .containsExactly(set.id() + "/users.json: it is missing");
  }

  @Test
  void damagedManifestIsNamed(TestPortal portal) throws Exception {
    BackupSet set = portal.set(portal.dump());
    Files.writeString(set.folder().resolve(Manifest.FILE), "{}");

    assertThat(problems(portal, set.id(), DATABASE))
        .containsExactly("from: the manifest is damaged: the member \"format\" is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "1", "null"})
  void objectsThatAreNotSortedByKeyAreRefusedWithTheirPosition(String pk, TestPortal portal)
      throws Exception {
    users(portal, 3);
    BackupSet set = portal.set(portal.dump());

    BackupSet forged =
        rewrite(
            portal,
            set,
            "users.json",
            text -> text.replace("\"pk\": 3", "\"pk\": " + pk),
            manifest -> manifest);

    assertThat(errors(portal, forged.id(), DATABASE))
        .singleElement()
        .asString()
        .startsWith(set.id() + "/users.json:54:1: users.aerpawuser")
        .endsWith(
            pk.equals("null")
                ? ": an object without a primary key cannot be compared"
                : "(pk="
                    + pk
                    + "): the objects of a model must be sorted by primary key to be compared,"
                    + " as dumps are");
  }

  @Test
  void numberOfObjectsThatDiffersFromTheManifestIsRefused(TestPortal portal) throws Exception {
    users(portal, 3);
    BackupSet set = portal.set(portal.dump());

    rewrite(
        portal,
        set,
        "users.json",
        text -> text,
        manifest -> manifest.replace("\"users.aerpawuser\": 3", "\"users.aerpawuser\": 4"));

    assertThat(errors(portal, set.id(), DATABASE))
        .containsExactly(
            set.id()
                + "/users.json: users.aerpawuser: 3 consecutive objects of this model were found,"
                + " but the manifest says 4");
  }

  @Test
  void modelsOfAFileAndItemsOfAListMayBeInAnyOrder(TestPortal portal) throws Exception {
    portal.withDjangoSet().load();
    BackupSet set = portal.set(portal.dump("projects", "users"));
    BackupSet other = portal.set(portal.dump("projects", "users"));

    BackupSet withLists =
        rewrite(portal, other, "users.json", DiffTest::reversed, manifest -> manifest);
    BackupSet forged =
        rewrite(
            portal,
            withLists,
            "projects.json",
            DiffTest::reversed,
            manifest ->
                manifest.replaceFirst(
                    "(\"projects.aerpawproject\": \\d+),(\\s*)(\"projects.userproject\": \\d+)",
                    "$3,$2$1"));

    assertThat(forged.manifest().files().get("projects.json").models().keySet())
        .containsExactly("projects.userproject", "projects.aerpawproject");
    for (List<String> sides :
        List.of(
            List.of(set.id(), forged.id()),
            List.of(forged.id(), set.id()),
            List.of(forged.id(), DATABASE))) {
      DiffReport report = diff(portal, sides.get(0), sides.get(1));
      assertThat(report.differences()).isEmpty();
      assertThat(report.models())
          .extracting(ComparedModel::model, ComparedModel::equal)
          .containsExactly(
              tuple("projects.aerpawproject", 8L),
              tuple("projects.userproject", 80L),
              tuple(USER, 40L));
    }
  }

  /** Sorts the models and the items of all lists in reverse. */
  private static String reversed(String text) {
    List<JsonObject> objects;
    try (var reader = Json.createReader(new StringReader(text))) {
      objects = reader.readArray().getValuesAs(JsonObject.class);
    }
    var reversed = Json.createArrayBuilder();
    objects.stream()
        .sorted(comparing((JsonObject object) -> object.getString("model")).reversed())
        .forEach(
            object -> {
              var fields = Json.createObjectBuilder(object.getJsonObject("fields"));
              object
                  .getJsonObject("fields")
                  .forEach(
                      (name, value) -> {
                        if (value instanceof JsonArray list) {
                          List<JsonValue> items = new ArrayList<>(list);
                          Collections.reverse(items);
                          fields.add(name, Json.createArrayBuilder(items));
                        }
                      });
              reversed.add(Json.createObjectBuilder(object).add("fields", fields));
            });
    return reversed.build().toString();
  }

  @Test
  void databaseIsReadInOneSnapshot(TestPortal portal) throws Exception {
    users(portal, 1);
    portal.insert("profiles_aerpawuserprofile", "id", 1);
    BackupSet set = portal.set(portal.dump());

    try (var writer =
        new ConcurrentWriter(
            portal.database,
            number ->
                """
                UPDATE users_aerpawuser SET email = '%1$d';
                UPDATE profiles_aerpawuserprofile SET employer = '%1$d'
                """
                    .formatted(number))) {
      for (int i = 0; i < 10; i++) {
        writer.awaitTransactions(1);
        List<DifferentObject> objects =
            run(portal, new DiffRequest(set.id(), DATABASE, null, true, null))
                .report(DiffReport.class)
                .differences();
        assertThat(objects)
            .hasSize(2)
            .extracting(object -> object.fields().get(0).values().to())
            .allMatch(objects.get(0).fields().get(0).values().to()::equals);
      }
    }
  }

  @Test
  void rowThatNoFixtureCanContainIsNamed(TestPortal portal) throws Exception {
    users(portal, 1);
    BackupSet set = portal.set(portal.dump());
    portal.database.execute("UPDATE users_aerpawuser SET last_login = 'infinity'");

    assertThat(errors(portal, set.id(), DATABASE))
        .containsExactly(
            "users.aerpawuser(pk=1): last_login: an infinite timestamp cannot be written");
  }

  @Test
  void readOnlyDatabaseCanBeCompared(TestPortal portal) throws Exception {
    users(portal, 1);
    BackupSet set = portal.set(portal.dump());
    portal.database.set("default_transaction_read_only", "on");

    Run run = run(portal, set.id(), DATABASE);

    assertThat(run.report(DiffReport.class).differences()).isEmpty();
    assertThat(portal.otherInstance().runs.find(run.id())).contains(run);
  }

  private static void users(TestPortal portal, int number) throws Exception {
    for (int key = 1; key <= number; key++) {
      portal.insert("users_aerpawuser", "id", key, "username", "user" + key);
    }
  }

  /** Replaces the text of a file, and its size and sha256 in the manifest. */
  private static BackupSet rewrite(
      TestPortal portal,
      BackupSet set,
      String name,
      UnaryOperator<String> text,
      UnaryOperator<String> manifest)
      throws IOException {
    Path file = set.folder().resolve(name);
    Files.writeString(file, text.apply(Files.readString(file)));
    var digest = Sha256.digest();
    digest.update(Files.readAllBytes(file));
    Manifest.FileEntry entry = set.manifest().files().get(name);
    Path description = set.folder().resolve(Manifest.FILE);
    Files.writeString(
        description,
        manifest.apply(
            Files.readString(description)
                .replace(entry.sha256(), Sha256.hex(digest))
                .replace("\"bytes\": " + entry.bytes(), "\"bytes\": " + Files.size(file))));
    return portal.sets.find(set.id()).orElseThrow();
  }

  private static Run run(TestPortal portal, String from, String to) throws Exception {
    return run(portal, new DiffRequest(from, to, null, false, null));
  }

  private static Run run(TestPortal portal, DiffRequest request) throws Exception {
    Run run = portal.engine.diffs().diffAndWait(request, "a test");
    assertThat(run.errors()).isEmpty();
    assertThat(run.state()).isEqualTo(RunState.DONE);
    return run;
  }

  private static DiffReport diff(TestPortal portal, String from, String to) throws Exception {
    return run(portal, from, to).report(DiffReport.class);
  }

  /** The errors of a comparison that was started. */
  private static List<String> errors(TestPortal portal, String from, String to) throws Exception {
    Run run =
        portal.engine.diffs().diffAndWait(new DiffRequest(from, to, null, false, null), "a test");
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    return run.errors().stream().map(FixtureError::toString).toList();
  }

  /** The reasons why a comparison is not started. */
  private static List<String> problems(TestPortal portal, String from, String to, String... models)
      throws Exception {
    var request = new DiffRequest(from, to, List.of(models), false, null);
    List<FixtureError> problems = portal.engine.diffs().problems(request);
    assertThatThrownBy(() -> portal.engine.diffs().start(request, "a test"))
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.errors()).isEqualTo(problems));
    return problems.stream().map(FixtureError::toString).toList();
  }

  private static ComparedModel of(DiffReport report, String model) {
    return report.models().stream()
        .filter(compared -> compared.model().equals(model))
        .findFirst()
        .orElseThrow();
  }

  private static DifferentObject changed(String model, ChangedField... fields) {
    return new DifferentObject(model, 1, Change.CHANGED, List.of(fields));
  }

  private static List<ChangedField> fields(String... names) {
    return Stream.of(names).map(DiffTest::secret).toList();
  }

  /** A field without its values. */
  private static ChangedField secret(String name) {
    return new ChangedField(name, null);
  }
}

package org.aerpaw.portal.backup.foreign;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.persistence.metamodel.EntityType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.Fixture;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.diff.DiffReport;
import org.aerpaw.portal.backup.diff.DiffRequest;
import org.aerpaw.portal.backup.foreign.google_group.GoogleGroupMembership;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.masking.MaskingSettings;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.rows.RowCounter;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.schema.SchemaMigration;
import org.aerpaw.portal.backup.selection.RelatedObjects;
import org.aerpaw.portal.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The portal with one app more, which is a package of entities and a migration: no other code names
 * an app.
 */
class AddedAppTest {

  private static final String APP = "google_group";
  private static final String LABEL = "google_group.googlegroupmembership";

  @TempDir Path folder;
  private TestPortal portal;

  @BeforeEach
  void fill() throws Exception {
    portal = portal("portal");
    portal
        .withFixture(
            "users.json", Fixture.user(1), Fixture.user(2), membership(5, 1), membership(6, 2))
        .load();
  }

  @AfterEach
  void close() {
    portal.close();
  }

  @Test
  void dumpShouldContainAFileOfTheApp() throws Exception {
    BackupSet set = portal.set(portal.dump());

    assertThat(set.manifest().complete()).isTrue();
    assertThat(set.manifest().files()).hasSize(13).containsKey("google_group.json");
    assertThat(portal.dumped("google_group.json").text())
        .startsWith(
            """
            [
            {
              "model": "google_group.googlegroupmembership",
              "pk": 5,
              "fields": {
                "created": "2022-01-01T00:00:01Z",
                "modified": "2022-01-01T00:00:01Z",
                "user": 1,
                "consent_asked": true,
                "consent_given": false,
                "member": false
              }
            },
            """);
    assertThat(portal.verify(set).errors()).isEmpty();
  }

  @Test
  void setShouldBeRestoredAndEqualTheDatabase() throws Exception {
    BackupSet set = portal.set(portal.dump());
    Map<String, List<String>> before = DatabaseContent.of(portal.database).asFixturesShowIt();
    portal.database.execute(
        "UPDATE google_group_googlegroupmembership SET member = true WHERE id = 5;"
            + " INSERT INTO google_group_googlegroupmembership SELECT 7, created, modified,"
            + " false, false, false, 1 FROM google_group_googlegroupmembership WHERE id = 6");
    assertThat(differences(set))
        .containsExactly(LABEL + "(pk=5) changed [member]", LABEL + "(pk=7) added []");

    Run load = portal.load(LoadRequest.of(set.id(), List.of(), LoadMode.REPLACE));

    assertThat(load.errors()).isEmpty();
    assertThat(DatabaseContent.of(portal.database).asFixturesShowIt()).isEqualTo(before);
    assertThat(differences(set)).isEmpty();
    assertThat(portal.loaded(membership(null, 2)).created()).isEqualTo(1);
    assertThat(portal.select("SELECT max(id) FROM google_group_googlegroupmembership"))
        .containsExactly("7");
  }

  @Test
  void membershipShouldBelongToItsUser() throws Exception {
    BackupSet set = portal.set(portal.dump());
    portal.database.execute(
        "DELETE FROM google_group_googlegroupmembership; DELETE FROM users_aerpawuser");

    Run load =
        portal.load(
            new LoadRequest(
                set.id(),
                null,
                null,
                false,
                false,
                false,
                List.of("users.aerpawuser:2"),
                RelatedObjects.OWNED,
                null,
                null,
                null));

    assertThat(load.errors()).isEmpty();
    assertThat(load.report(LoadReport.class).selection().objects())
        .extracting(Object::toString)
        .containsExactly(
            "users.aerpawuser(pk=2): requested",
            LABEL + "(pk=6): its user is users.aerpawuser(pk=2)");
    assertThat(portal.select("SELECT id FROM google_group_googlegroupmembership"))
        .containsExactly("6");
  }

  @Test
  void profilesOfMaskedDumpsNeedNoRuleForAnAppWithoutText() throws Exception {
    TestPortal masking =
        portal.withMasking(new MaskingSettings(Path.of("../masks"), folder.resolve("key"), true));

    BackupSet set = masking.set(masking.dump(dumpOf().mask("staging").build()));

    assertThat(masking.dumped("google_group.json").values("user")).containsExactly("1", "2");
    assertThat(masking.verify(set).errors()).isEmpty();
  }

  @Test
  void appShouldBeListedWithItsRows() throws Exception {
    assertThat(new RowCounter(portal.database.dataSource(), portal.registry).count())
        .contains(
            new RowCounter.App(
                APP,
                true,
                List.of(new RowCounter.Rows(LABEL, "google_group_googlegroupmembership", 2L))));
  }

  @Test
  void fileWithItsNameShouldBeFoundByIt() throws Exception {
    BackupSet set = portal.set(portal.dump(LABEL));
    portal.database.execute("DELETE FROM google_group_googlegroupmembership");

    assertThat(portal.load(set.id(), APP).report(LoadReport.class).created()).isEqualTo(2);
  }

  @Test
  void tableThatDjangoHasMadeShouldBeUsedUnchanged() throws Exception {
    Map<String, List<String>> before = DatabaseContent.of(portal.database).asFixturesShowIt();
    portal.database.execute("DROP SCHEMA fixtures CASCADE");

    new SchemaMigration(portal.database.dataSource(), portal.registry).migrate();
    migrate(portal.database);

    assertThat(DatabaseContent.of(portal.database).asFixturesShowIt()).isEqualTo(before);
  }

  private List<String> differences(BackupSet set) throws Exception {
    Run diff =
        portal
            .engine
            .diffs()
            .diffAndWait(new DiffRequest(set.id(), null, null, false, null), "a test");
    assertThat(diff.errors()).isEmpty();
    return diff.report(DiffReport.class).differences().stream()
        .map(
            object ->
                "%s(pk=%d) %s %s"
                    .formatted(
                        object.model(),
                        object.pk(),
                        object.change().name().toLowerCase(),
                        object.fields().stream().map(DiffReport.ChangedField::name).toList()))
        .toList();
  }

  private static Fixture.Item membership(Object pk, int user) {
    return Fixture.object(LABEL, pk)
        .with("created", "2022-01-01T00:00:01Z")
        .with("modified", "2022-01-01T00:00:01Z")
        .with("user", user)
        .with("consent_asked", true);
  }

  /** A portal with the app, on an empty database that was migrated. */
  private TestPortal portal(String name) throws Exception {
    TestDatabase database = TestDatabase.empty();
    migrate(database);
    ModelRegistry registry = registry(database);
    new SchemaMigration(database.dataSource(), registry).migrate();
    return TestPortal.of(database, registry, folder.resolve(name));
  }

  /** Runs the app's migration after those of the portal. */
  private static void migrate(TestDatabase database) {
    Flyway.configure()
        .dataSource(database.dataSource())
        .locations("classpath:db/migration", "classpath:google_group")
        .defaultSchema("fixtures")
        .table("portal_schema_history")
        .load()
        .migrate();
  }

  private static ModelRegistry registry(TestDatabase database) {
    Map<String, Object> properties =
        Map.of(
            "jakarta.persistence.transactionType",
            "RESOURCE_LOCAL",
            "jakarta.persistence.nonJtaDataSource",
            database.dataSource());
    try (EntityManagerFactory unit = Persistence.createEntityManagerFactory("portal", properties)) {
      List<Class<?>> entities =
          new ArrayList<>(
              unit.getMetamodel().getEntities().stream()
                  .<Class<?>>map(EntityType::getJavaType)
                  .toList());
      entities.add(GoogleGroupMembership.class);
      return ModelRegistry.of(entities, Set.of("auth", "contenttypes"));
    }
  }
}

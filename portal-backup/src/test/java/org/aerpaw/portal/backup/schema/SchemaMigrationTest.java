package org.aerpaw.portal.backup.schema;

import static org.aerpaw.portal.backup.Fixture.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.Interference;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of our own in an empty database, and those that Django made taken over as they are. */
class SchemaMigrationTest {

  private static final String COLUMNS =
      "SELECT table_name, ordinal_position, column_name, data_type, is_identity,"
          + " column_default FROM information_schema.columns"
          + " WHERE table_schema = 'public' ORDER BY 1, 2";
  private static final String SCHEMAS =
      "SELECT schema_name FROM information_schema.schemata WHERE schema_name = 'fixtures'";

  @TempDir Path folder;

  @Test
  void databaseThatDjangoMadeShouldBeTakenOverUnchanged() throws Exception {
    try (TestPortal portal = TestPortal.on(DjangoDatabase.create(), folder)) {
      portal.database.execute("INSERT INTO auth_group (name) VALUES ('experimenter'), ('pi')");
      List<String> columns = portal.select(COLUMNS);
      Map<String, List<String>> rows = rows(portal);

      migrate(portal.database);

      assertThat(portal.select(COLUMNS)).isEqualTo(columns);
      assertThat(rows(portal)).isEqualTo(rows);
      assertThat(
              portal.select("SELECT type FROM fixtures.portal_schema_history WHERE version = '1'"))
          .containsExactly("BASELINE");
    }
  }

  /** L42 */
  @Test
  void databaseThatDjangoMadeShouldBeLoadedAndDumped() throws Exception {
    try (TestPortal django = TestPortal.on(DjangoDatabase.create(), folder.resolve("django"));
        TestPortal ours = TestPortal.migrated(folder.resolve("ours")).withDjangoSet()) {
      migrate(django.database);
      var style = new FileLayout(2, TimestampPrecision.EXACT);
      assertThat(ours.load().errors()).isEmpty();
      assertThat(django.withDjangoSet().load().errors()).isEmpty();

      assertThat(django.dump(style).errors()).isEmpty();
      assertThat(ours.dump(style).errors()).isEmpty();

      for (String app : ours.registry.dumpedApps()) {
        Path file = Path.of(app + ".json");
        assertThat(django.sets.folder().resolve(file))
            .hasSameBinaryContentAs(ours.sets.folder().resolve(file));
      }
      assertThat(DatabaseContent.of(django.database).nextKeys())
          .isEqualTo(DatabaseContent.of(ours.database).nextKeys());
    }
  }

  @Test
  void migratedDatabaseShouldNotChange() throws Exception {
    try (TestPortal portal = TestPortal.migrated(folder)) {
      portal.database.execute("INSERT INTO auth_group (name) VALUES ('experimenter')");
      DatabaseContent before = DatabaseContent.of(portal.database);

      migrate(portal.database);

      assertThat(DatabaseContent.of(portal.database)).isEqualTo(before);
    }
  }

  @Test
  void databaseWithoutSomeTablesShouldBeRefusedUnchanged() throws Exception {
    try (TestPortal portal = TestPortal.on(DjangoDatabase.create(), folder)) {
      portal.database.execute(
          "DROP TABLE operations_canonicalnumber CASCADE; DROP TABLE auth_group_permissions");
      List<String> columns = portal.select(COLUMNS);

      assertThatThrownBy(() -> migrate(portal.database))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "the database's tables differ from the portal's: no table auth_group_permissions; no"
                  + " table operations_canonicalnumber");

      assertThat(portal.select(COLUMNS)).isEqualTo(columns);
      assertThat(portal.select(SCHEMAS)).isEmpty();
    }
  }

  @Test
  void databaseWithAnUnknownColumnShouldBeRefusedUnchanged() throws Exception {
    try (TestPortal portal = TestPortal.on(DjangoDatabase.create(), folder)) {
      portal.database.execute("ALTER TABLE users_aerpawuser ADD COLUMN colour text");

      assertThatThrownBy(() -> migrate(portal.database))
          .hasMessageEndingWith(
              "portal's: the portal does not know the column users_aerpawuser.colour; its values would be lost");

      assertThat(portal.select(SCHEMAS)).isEmpty();
    }
  }

  /** L45: the other one comes when this one has found no history, and has not looked for tables. */
  @Test
  void instancesThatMigrateAnEmptyDatabaseAtOnceShouldBothSucceed() throws Exception {
    try (TestPortal portal = TestPortal.on(TestDatabase.empty(), folder)) {
      var other = new CompletableFuture<Void>();
      DataSource database =
          Interference.before(
              "to_regclass",
              portal.database.dataSource(),
              () -> {
                new Thread(() -> complete(other, portal.database)).start();
                await().until(() -> other.isDone() || isWaiting(portal));
              });

      new SchemaMigration(database, portal.registry).migrate();

      assertThat(other).succeedsWithin(Duration.ofMinutes(1));
      assertThat(portal.loaded(group(1, "a")).created()).isEqualTo(1);
    }
  }

  private static void complete(CompletableFuture<Void> migration, TestDatabase database) {
    try {
      migrate(database);
      migration.complete(null);
    } catch (SQLException | RuntimeException e) {
      migration.completeExceptionally(e);
    }
  }

  private static boolean isWaiting(TestPortal portal) throws SQLException {
    return !portal
        .select(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'")
        .isEmpty();
  }

  private static void migrate(TestDatabase database) throws SQLException {
    new SchemaMigration(database.dataSource(), TestPortal.portalModels()).migrate();
  }

  private static Map<String, List<String>> rows(TestPortal portal) throws SQLException {
    return DatabaseContent.of(portal.database).rows();
  }
}

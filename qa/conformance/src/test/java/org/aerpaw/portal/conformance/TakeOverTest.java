package org.aerpaw.portal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.schema.SchemaMigration;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that Django made and filled, with sessions, an admin log, sites and tokens. */
class TakeOverTest {

  private static final String WHOLE_PORTAL = "whole_portal";

  private static final List<String> OTHERS =
      List.of("authtoken_token", "django_admin_log", "django_session", "django_site");

  @TempDir Path folder;
  private TestPortal portal;

  @BeforeEach
  void fill() throws Exception {
    TestDatabase database = TestDatabase.empty();
    Django.run(WHOLE_PORTAL, database, List.of("migrate", "--run-syncdb", "--verbosity", "0"));
    List<String> files =
        DjangoSetTest.files(DjangoSetTest.SET).stream()
            .map(file -> file.toAbsolutePath().toString())
            .toList();
    Django.run(
        WHOLE_PORTAL, database, Stream.concat(Stream.of("loaddata"), files.stream()).toList());
    database.execute(
        """
        CREATE TABLE authtoken_token (
          key varchar(40) PRIMARY KEY,
          created timestamptz NOT NULL,
          user_id integer NOT NULL UNIQUE
            REFERENCES users_aerpawuser (id) DEFERRABLE INITIALLY DEFERRED
        );
        INSERT INTO authtoken_token SELECT 'key of ' || id, now(), id FROM users_aerpawuser;
        INSERT INTO django_session VALUES ('session', 'data', now());
        INSERT INTO django_admin_log (action_time, object_id, object_repr, action_flag, change_message,
          content_type_id, user_id)
        SELECT now(), id, username, 2, '[]', (SELECT min(id) FROM django_content_type), id
        FROM users_aerpawuser;
        """);
    portal = TestPortal.on(database, folder);
  }

  @AfterEach
  void drop() {
    portal.close();
  }

  // D05, L01, L50
  @Test
  void databaseShouldBeTakenOverUnchangedAndLoadedInBothDirections() throws Exception {
    DatabaseContent before = DatabaseContent.of(portal.database);
    assertThat(before.rows()).containsKeys(OTHERS.toArray(String[]::new));

    new SchemaMigration(portal.database.dataSource(), portal.registry).migrate();
    assertThat(withoutOurs(portal)).isEqualTo(before.rows());

    Path dumpedHere = Dumps.set(portal, Dumps.all());
    String dumpedThere = Dumps.there(portal, Dumps.ALL);
    assertThat(Dumps.joined(dumpedHere, Dumps.ALL)).isEqualTo(dumpedThere);

    Run load =
        portal.load(
            LoadRequest.of(dumpedHere.getFileName().toString(), List.of(), LoadMode.REPLACE));
    assertThat(load.errors()).isEmpty();
    LoadReport report = load.report(LoadReport.class);
    assertThat(report.unchanged()).isEqualTo(report.objects());
    assertThat(withoutOurs(portal)).isEqualTo(before.rows());

    try (TestPortal empty = TestPortal.migrated(folder.resolve("empty"))) {
      Files.writeString(empty.fixtures.resolve("all.json"), dumpedThere);
      assertThat(empty.load().errors()).isEmpty();
      assertThat(Dumps.here(empty, Dumps.ALL, List.of())).isEqualTo(dumpedThere);
    }
    try (TestPortal empty = TestPortal.migrated(folder.resolve("django"))) {
      Django.loaddata(
          empty.database,
          Dumps.ALL.stream().map(app -> dumpedHere.resolve(app + ".json")).toList());
      assertThat(Dumps.there(empty, Dumps.ALL)).isEqualTo(dumpedThere);
    }
  }

  /** The rows of all tables that Django made. */
  private static Map<String, List<String>> withoutOurs(TestPortal portal) throws Exception {
    Map<String, List<String>> rows = new TreeMap<>(DatabaseContent.of(portal.database).rows());
    rows.remove("loaded_content");
    return rows;
  }
}

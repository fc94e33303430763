package org.aerpaw.portal.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.diff.DiffReport;
import org.aerpaw.portal.backup.diff.DiffRequest;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.schema.DjangoDatabase;
import org.aerpaw.portal.testing.PostgresServer;
import org.aerpaw.portal.testing.TableContents;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other versions of PostgreSQL than the one that all other tests use. */
class PostgresVersionsTest {

  private static final FileLayout DJANGO = new FileLayout(2, TimestampPrecision.MILLISECONDS);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 17})
  void tablesAreCreatedOrTakenOverAndBackedUpAndRestored(int version) throws Exception {
    Path programs = Path.of("target", "postgresql", version + ".jar");
    try (var server = PostgresServer.start(programs);
        var ours = TestPortal.on(TestDatabase.on(server), folder.resolve("ours"));
        var django = TestPortal.on(TestDatabase.on(server), folder.resolve("django"))) {
      assertThat(server.version()).isEqualTo(version);
      DjangoDatabase.createIn(django.database);

      loadAndDump(ours);
      loadAndDump(django);
      verifyAndRestore(django);
    }
  }

  private static void loadAndDump(TestPortal portal) throws Exception {
    portal.engine.migration().migrate();
    portal.engine.migration().migrate();
    done(portal.withDjangoSet().load());
    BackupSet set = portal.set(portal.dump(DJANGO));
    for (Path file : TestPortal.djangoSet()) {
      if (!file.endsWith("aerpaw_roles.json")) {
        assertThat(set.folder().resolve(file.getFileName())).hasSameBinaryContentAs(file);
      }
    }
  }

  private static void verifyAndRestore(TestPortal portal) throws Exception {
    Map<String, List<String>> rows = TableContents.of(portal.database);
    BackupSet exact = portal.set(portal.dump());
    done(portal.verify(exact));

    LoadReport unchanged =
        done(portal.load(LoadRequest.of(exact.id(), null, LoadMode.MERGE)))
            .report(LoadReport.class);
    assertThat(unchanged.created() + unchanged.updated()).isZero();

    portal.database.execute(
        "UPDATE users_aerpawuser SET display_name = 'x'; DELETE FROM credentials_publiccredentials;"
            + " INSERT INTO auth_group (name) VALUES ('x')");
    DiffReport changes = diff(portal, exact);
    assertThat(changes.models()).anyMatch(model -> model.changed() > 0);
    assertThat(changes.models()).anyMatch(model -> model.removed() > 0);

    LoadReport replaced =
        done(portal.load(LoadRequest.of(exact.id(), null, LoadMode.REPLACE)))
            .report(LoadReport.class);
    assertThat(replaced.safetyBackup()).isNotNull();
    assertThat(diff(portal, exact).differences()).isEmpty();
    portal.database.execute("DELETE FROM auth_group WHERE name = 'x'");
    assertThat(TableContents.of(portal.database)).isEqualTo(rows);
  }

  private static DiffReport diff(TestPortal portal, BackupSet set) throws Exception {
    var request = new DiffRequest(set.id(), DiffRequest.DATABASE, null, false, null);
    return done(portal.engine.diffs().diffAndWait(request, "a test")).report(DiffReport.class);
  }

  private static Run done(Run run) {
    assertThat(run.errors()).isEmpty();
    assertThat(run.state()).isEqualTo(RunState.DONE);
    return run;
  }
}

package org.aerpaw.portal.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of the database, which a role can have as well, do not affect dumps and loads. */
class SessionSettingsTest {

  @TempDir private Path folder;
  private TestPortal portal;
  private Path expected;

  @BeforeEach
  void fill() throws Exception {
    portal = TestPortal.migrated(folder).withDjangoSet();
    assertDone(portal.load());
    expected = portal.set(portal.dump()).folder();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "statement_timeout=15ms",
        "lock_timeout=1ms",
        "idle_in_transaction_session_timeout=20ms",
        "idle_session_timeout=20ms",
        "default_transaction_isolation=serializable",
        "DateStyle=SQL, DMY",
        "IntervalStyle=iso_8601",
        "TimeZone=America/New_York",
        "bytea_output=escape",
        "extra_float_digits=-15",
        "standard_conforming_strings=off",
        "quote_all_identifiers=on",
        "transform_null_equals=on",
        "enable_seqscan=off",
      })
  void aSettingOfTheDatabaseAffectsNoRun(String name, String value) throws Exception {
    portal.database.set(name, value);

    Run dump = portal.dump();
    assertThat(portal.set(dump).manifest().files().keySet())
        .allSatisfy(
            file ->
                assertThat(portal.sets.folder().resolve("latest").resolve(file))
                    .hasSameBinaryContentAs(expected.resolve(file)));
    assertDone(portal.verify(portal.set(dump)));
    assertDone(portal.load(LoadRequest.of(LoadRequest.DUMPDATA, null, LoadMode.REPLACE)));
    portal.database.execute("DELETE FROM credentials_publiccredentials");
    assertDone(portal.load(LoadRequest.of(LoadRequest.DUMPDATA, null, LoadMode.MERGE)));
  }

  @Test
  void aCommitIsOnDiskWhereTheDatabaseDoesNotWaitForIt() throws Exception {
    portal.database.set("synchronous_commit", "off");

    try (var connection = new SessionSettings(portal.database.dataSource()).getConnection();
        var statement = connection.createStatement();
        var result = statement.executeQuery("SHOW synchronous_commit")) {
      result.next();
      assertThat(result.getString(1)).isEqualTo("on");
    }
  }

  private static void assertDone(Run run) {
    assertThat(run.errors()).isEmpty();
    assertThat(run.state()).isEqualTo(RunState.DONE);
  }
}

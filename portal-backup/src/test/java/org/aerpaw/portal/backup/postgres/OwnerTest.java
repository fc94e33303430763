package org.aerpaw.portal.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.diff.DiffReport;
import org.aerpaw.portal.backup.diff.DiffRequest;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.testing.TableContents;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A role that owns the database and its tables, and is not a superuser. */
class OwnerTest {

  /** Each as far from what a server has by default as it can be. */
  private static final Map<String, String> HOSTILE =
      Map.ofEntries(
          // Limits that do not end the first statement of a session, on a busy machine either.
          Map.entry("statement_timeout", "2s"),
          Map.entry("lock_timeout", "1ms"),
          Map.entry("idle_in_transaction_session_timeout", "2s"),
          Map.entry("idle_session_timeout", "2s"),
          Map.entry("transaction_timeout", "2s"),
          Map.entry("exit_on_error", "on"),
          // Names.
          Map.entry("search_path", "public, decoy, pg_catalog"),
          Map.entry("quote_all_identifiers", "on"),
          // Values and their texts.
          Map.entry("client_encoding", "LATIN1"),
          Map.entry("TimeZone", "Asia/Kathmandu"),
          Map.entry("DateStyle", "SQL, DMY"),
          Map.entry("IntervalStyle", "sql_standard"),
          Map.entry("extra_float_digits", "-15"),
          Map.entry("bytea_output", "escape"),
          Map.entry("xmlbinary", "hex"),
          Map.entry("array_nulls", "off"),
          Map.entry("standard_conforming_strings", "off"),
          Map.entry("backslash_quote", "off"),
          Map.entry("escape_string_warning", "on"),
          Map.entry("transform_null_equals", "on"),
          Map.entry("client_min_messages", "debug1"),
          // Transactions and constraints.
          Map.entry("default_transaction_isolation", "serializable"),
          Map.entry("default_transaction_deferrable", "on"),
          Map.entry("synchronous_commit", "off"),
          Map.entry("check_function_bodies", "off"),
          Map.entry("restrict_nonsystem_relation_kind", "view, foreign-table"),
          // Plans, which decide the order of rows that a query does not sort.
          Map.entry("enable_seqscan", "off"),
          Map.entry("enable_hashjoin", "off"),
          Map.entry("enable_sort", "off"),
          Map.entry("join_collapse_limit", "1"),
          Map.entry("plan_cache_mode", "force_generic_plan"),
          Map.entry("default_statistics_target", "1"),
          Map.entry("work_mem", "64kB"),
          Map.entry("temp_buffers", "800kB"));

  @TempDir private Path folder;
  private TestDatabase database;
  private String role;
  private TestPortal portal;

  @BeforeEach
  void createOwner() throws Exception {
    database = TestDatabase.empty();
    role = "owner_" + database.name();
    database.execute(
        "CREATE ROLE %s LOGIN; ALTER DATABASE %s OWNER TO %s"
            .formatted(role, database.name(), role));
    portal =
        TestPortal.on(database, folder).withDjangoSet().withSessions(database.dataSourceOf(role));
    portal.engine.migration().migrate();
  }

  @AfterEach
  void drop() throws Exception {
    portal.close();
    try (TestDatabase other = TestDatabase.empty()) {
      other.execute("DROP ROLE " + role);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ALTER DATABASE", "ALTER ROLE"})
  void whateverSettingsTheDatabaseOrTheRoleHasTheResultsAreEqual(String alter) throws Exception {
    done(portal.load());
    BackupSet expected = portal.set(portal.dump());
    Map<String, List<String>> rows = TableContents.of(database);
    if (!alter.isEmpty()) {
      makeHostile(alter + " " + (alter.endsWith("ROLE") ? role : database.name()));
    }

    portal.engine.migration().migrate();
    BackupSet dumped = portal.set(portal.dump());
    for (String file : expected.manifest().files().keySet()) {
      assertThat(dumped.folder().resolve(file))
          .hasSameBinaryContentAs(expected.folder().resolve(file));
    }
    done(portal.verify(dumped));
    database.execute(
        "UPDATE users_aerpawuser SET display_name = 'x';"
            + " UPDATE projects_aerpawproject SET created = created + interval '1 hour';"
            + " DELETE FROM credentials_publiccredentials");
    assertThat(differences(dumped)).isNotEmpty();
    done(portal.load(LoadRequest.of(dumped.id(), null, LoadMode.REPLACE)));
    assertThat(differences(dumped)).isEmpty();
    assertThat(TableContents.of(database)).isEqualTo(rows);

    database.clear();
    database.execute("ALTER SCHEMA public OWNER TO pg_database_owner");
    portal.engine.migration().migrate();
    done(portal.load());
    assertThat(TableContents.of(database)).isEqualTo(rows);
  }

  private void makeHostile(String alter) {
    database.execute(
        "CREATE SCHEMA decoy; GRANT USAGE ON SCHEMA decoy TO PUBLIC; CREATE VIEW decoy.pg_class AS"
            + " SELECT * FROM pg_catalog.pg_class WHERE false;"
            + " CREATE VIEW decoy.pg_attribute AS SELECT attrelid, attname, attnum"
            + " FROM pg_catalog.pg_attribute WHERE false;"
            + " CREATE FUNCTION decoy.now() RETURNS timestamptz LANGUAGE sql AS"
            + " $$ SELECT timestamptz '2000-01-01' $$;"
            + " GRANT SELECT ON ALL TABLES IN SCHEMA decoy TO PUBLIC");
    HOSTILE.forEach(
        (name, value) ->
            database.execute(
                "%s SET %s = %s"
                    .formatted(
                        alter, name, name.equals("search_path") ? value : "'" + value + "'")));
  }

  private List<DiffReport.DifferentObject> differences(BackupSet set) throws Exception {
    var request = new DiffRequest(set.id(), DiffRequest.DATABASE, null, false, null);
    return done(portal.engine.diffs().diffAndWait(request, "a test"))
        .report(DiffReport.class)
        .differences();
  }

  private static Run done(Run run) {
    assertThat(run.errors()).isEmpty();
    assertThat(run.state()).isEqualTo(RunState.DONE);
    return run;
  }
}

package org.aerpaw.portal.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.schema.SchemaMigration;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles that own nothing work with the privileges that docs/operations.md grants. */
class PrivilegesTest {

  private static final Path DOCUMENTATION = Path.of("../docs/operations.md");
  private static final String DUMP_ROLE = "portal_dump";
  private static final String LOAD_ROLE = "portal_load";

  @TempDir private Path folder;
  private TestPortal owner;
  private String role;

  @BeforeEach
  void fill() throws Exception {
    owner = TestPortal.migrated(folder).withDjangoSet();
    role = "role_" + owner.database.name();
    owner.database.execute("CREATE ROLE " + role);
  }

  @AfterEach
  void dropRole() {
    owner.database.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
  }

  @Test
  void theDumpRoleCanStartAndDump() throws Exception {
    assertDone(owner.load());
    owner.dump();
    String expected = owner.dumped("users.json").text();
    TestPortal portal = granted(DUMP_ROLE);

    portal.engine.migration().migrate();
    assertDone(portal.dump());

    assertThat(portal.dumped("users.json").text()).isEqualTo(expected);
  }

  @Test
  void theLoadRoleCanStartLoadAndReplace() throws Exception {
    TestPortal portal = granted(LOAD_ROLE);

    portal.engine.migration().migrate();
    assertDone(portal.load());
    assertDone(portal.dump());
    assertDone(portal.load(LoadRequest.of(LoadRequest.DUMPDATA, null, LoadMode.REPLACE)));

    assertThat(
            owner.select(
                "SELECT nextval('operations_canonicalnumber_id_seq') - max(id)"
                    + " FROM operations_canonicalnumber"))
        .containsExactly("1");
  }

  @Test
  void theLoadRoleCanVerifyIfItMayCreateSchemas() throws Exception {
    assertDone(owner.load());
    TestPortal portal = granted(LOAD_ROLE);
    owner.database.execute("GRANT CREATE ON DATABASE " + owner.database.name() + " TO " + role);

    assertDone(portal.verify(portal.set(portal.dump())));
  }

  @Test
  void theDumpRoleIsToldWhatItLacksForLoads() throws Exception {
    TestPortal portal = granted(DUMP_ROLE);

    assertThat(portal.load().errors())
        .extracting(Object::toString)
        .contains(
            "role " + role + " lacks INSERT, UPDATE, DELETE on users_aerpawuser",
            "role " + role + " lacks SELECT, UPDATE on sequence users_aerpawuser_id_seq",
            "role " + role + " lacks INSERT on fixtures.loaded_content")
        .allMatch(error -> error.contains(" lacks "));
  }

  @Test
  void missingPrivilegesAreLoggedAtTheStartWithTheStatementsThatGrantThem() throws Exception {
    TestPortal portal = granted(DUMP_ROLE);
    owner.database.execute(
        "REVOKE SELECT ON users_aerpawuser, users_aerpawuser_groups FROM %1$s;".formatted(role)
            + " REVOKE UPDATE ON fixtures.run FROM %1$s; REVOKE DELETE ON fixtures.state FROM %1$s;"
                .formatted(role)
            + " REVOKE TEMPORARY ON DATABASE %s FROM PUBLIC".formatted(owner.database.name()));

    List<String> lines = linesOfAStart(portal);

    String lacks = "role " + role + " lacks ";
    assertThat(lines)
        .contains(
            "WARNING dumps will be refused: "
                + lacks
                + "SELECT on users_aerpawuser, users_aerpawuser_groups; "
                + lacks
                + "UPDATE on fixtures.run; "
                + lacks
                + "DELETE on fixtures.state. To grant that: GRANT SELECT ON users_aerpawuser,"
                + " users_aerpawuser_groups TO %1$s; GRANT UPDATE ON fixtures.run TO %1$s; GRANT"
                    .formatted(role)
                + " DELETE ON fixtures.state TO "
                + role)
        .contains(
            ("INFO verifications will be refused: %sCREATE on database %s. To grant that: GRANT"
                    + " CREATE ON DATABASE %s TO %s")
                .formatted(lacks, owner.database.name(), owner.database.name(), role));
    String loads =
        lines.stream().filter(line -> line.startsWith("INFO loads")).findAny().orElseThrow();
    owner.database.execute(loads.substring(loads.indexOf("GRANT")));
    owner.database.execute("GRANT SELECT, UPDATE ON fixtures.run TO " + role);
    assertDone(portal.load());
    assertDone(portal.dump());
  }

  @Test
  void whatAStartLacksIsNamedBeforeAnythingIsCreated() throws Exception {
    try (TestPortal empty = TestPortal.on(TestDatabase.empty(), folder.resolve("empty"))) {
      TestPortal portal = empty.withSessions(empty.database.dataSource("SET ROLE " + role));

      assertThatThrownBy(() -> portal.engine.migration().migrate())
          .hasMessage(
              ("the portal cannot start: role %1$s lacks CREATE on database %2$s; role %1$s lacks"
                      + " CREATE on schema public. To grant that: GRANT CREATE ON DATABASE %2$s TO"
                      + " %1$s; GRANT CREATE ON SCHEMA public TO %1$s")
                  .formatted(role, empty.database.name()));
      assertThat(empty.select("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
          .containsExactly("0");

      empty.database.execute("CREATE SCHEMA fixtures; GRANT USAGE ON SCHEMA fixtures TO " + role);
      assertThatThrownBy(() -> portal.engine.migration().migrate())
          .hasMessageContaining("lacks CREATE on schema fixtures, public. To grant that:");
    }
  }

  @Test
  void schemasThatTheRoleMayNotUseAreNamedAtTheStart() throws Exception {
    owner.database.execute("REVOKE USAGE ON SCHEMA public FROM PUBLIC");
    TestPortal portal = owner.withSessions(owner.database.dataSource("SET ROLE " + role));

    assertThatThrownBy(() -> portal.engine.migration().migrate())
        .hasMessage(
            ("the portal cannot start: role %1$s lacks USAGE on schema fixtures, public. To grant"
                    + " that: GRANT USAGE ON SCHEMA fixtures, public TO %1$s")
                .formatted(role));
  }

  @Test
  void loadsThatWouldCheckNoForeignKeysAreRefused() throws Exception {
    TestPortal portal = granted(LOAD_ROLE);
    owner.database.set("session_replication_role", "replica");

    assertThat(portal.load().errors())
        .hasToString(
            "[session_replication_role is replica, so triggers would not fire and foreign keys"
                + " would not be checked; reset it for role %s and for database %s]"
                    .formatted(role, owner.database.name()));
    assertThat(linesOfAStart(portal))
        .anyMatch(line -> line.startsWith("WARNING loads will be refused: session_replication"));
    assertDone(portal.dump());
  }

  private static List<String> linesOfAStart(TestPortal portal) throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(SchemaMigration.class.getName());
    Filter filter =
        entry -> lines.add(entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry));
    logger.setFilter(filter);
    logger.setLevel(Level.INFO);
    try {
      portal.engine.migration().migrate();
    } finally {
      logger.setLevel(null);
      logger.setFilter(null);
    }

    return lines;
  }

  @Test
  void aRoleIsToldWhatItLacksForDumps() throws Exception {
    TestPortal portal = granted(DUMP_ROLE);
    owner.database.execute("REVOKE SELECT ON users_aerpawuser FROM " + role);

    assertThat(portal.dump().errors())
        .hasToString("[role " + role + " lacks SELECT on users_aerpawuser]");
  }

  @Test
  void rowLevelSecurityIsNamedInsteadOfHidingRows() throws Exception {
    assertDone(owner.load());
    BackupSet set = owner.set(owner.dump("auth"));
    TestPortal portal = granted(LOAD_ROLE);
    owner.database.execute(
        "ALTER TABLE auth_group ENABLE ROW LEVEL SECURITY;"
            + "CREATE POLICY part ON auth_group USING (id > 2)");

    for (Run run : List.of(portal.dump("auth"), portal.load(set.id()))) {
      assertThat(run.errors())
          .singleElement()
          .asString()
          .contains("row-level security policy for table \"auth_group\"");
    }
  }

  /** Executes the documented statements for a role. */
  private TestPortal granted(String documentedRole) throws IOException {
    Pattern block = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    String statements =
        block
            .matcher(Files.readString(DOCUMENTATION))
            .results()
            .map(match -> match.group(1))
            .filter(sql -> sql.contains(documentedRole))
            .findFirst()
            .orElseThrow()
            .replace(documentedRole, role)
            .replace("DATABASE portal", "DATABASE " + owner.database.name());
    owner.database.execute(statements);
    return owner.withSessions(owner.database.dataSource("SET ROLE " + role));
  }

  private static void assertDone(Run run) {
    assertThat(run.errors()).isEmpty();
    assertThat(run.state()).isEqualTo(RunState.DONE);
  }
}

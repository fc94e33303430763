package org.aerpaw.portal.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

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
        .contains("role " + role + " lacks INSERT, UPDATE, DELETE on users_aerpawuser")
        .allMatch(error -> error.contains(" lacks "));
  }

  @Test
  void missingPrivilegesAreLoggedAtTheStart() throws Exception {
    TestPortal portal = granted(DUMP_ROLE);
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(SchemaMigration.class.getName());
    Filter filter =
        entry -> lines.add(entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry));
    logger.setFilter(filter);
    logger.setLevel(Level.INFO);
    try {
      portal.engine.migration().migrate();
      owner.database.execute("REVOKE SELECT ON users_aerpawuser FROM " + role);
      portal.engine.migration().migrate();
    } finally {
      logger.setLevel(null);
      logger.setFilter(null);
    }

    String lacks = ": role " + role + " lacks ";
    assertThat(lines)
        .anyMatch(line -> line.startsWith("INFO loads will be refused" + lacks + "INSERT, UPDATE"))
        .contains("WARNING dumps will fail" + lacks + "SELECT on users_aerpawuser");
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

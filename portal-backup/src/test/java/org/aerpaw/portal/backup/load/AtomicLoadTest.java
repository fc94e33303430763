package org.aerpaw.portal.backup.load;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.project;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.Interference;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Atomicity of loads under faults, lost connections and concurrent writers. */
@ExtendWith(TestPortalExtension.class)
class AtomicLoadTest {

  private final TestPortal portal;

  AtomicLoadTest(TestPortal portal) {
    this.portal = portal;
  }

  /** L40 */
  @ParameterizedTest
  @EnumSource(names = {"MERGE", "REPLACE"})
  void failureOfAnyStatementShouldLeaveTheDatabaseUnchanged(LoadMode mode) throws Exception {
    prepareLoadThatUsesEveryStatement();
    DatabaseContent before = DatabaseContent.of(portal.database);

    int statements = 0;
    Run run;
    do {
      DataSource database =
          Interference.before(
              ++statements,
              portal.database.dataSource(),
              () -> {
                throw new PSQLException("a failure", PSQLState.DATA_ERROR);
              });
      run = loadOn(database, mode);
      if (run.state() == RunState.FAILED) {
        assertThat(run.errors())
            .extracting(Object::toString)
            .containsExactly("database error: a failure");
        assertSame(DatabaseContent.of(portal.database), before, statements);
      }
    } while (run.state() == RunState.FAILED);

    assertThat(statements).isGreaterThan(30);
    assertThat(DatabaseContent.of(portal.database).rows()).isNotEqualTo(before.rows());
    assertThat(portal.select("SELECT id FROM auth_group WHERE id = 5"))
        .hasSize(mode == LoadMode.REPLACE ? 0 : 1);
  }

  /** L41 */
  @Test
  void lostConnectionShouldLeaveTheDatabaseUnchangedAndTheNextLoadShouldSucceed() throws Exception {
    prepareLoadThatUsesEveryStatement();
    DatabaseContent before = DatabaseContent.of(portal.database);

    for (int statement : List.of(1, 15, 30)) {
      DataSource database =
          Interference.before(statement, portal.database.dataSource(), this::terminateLoad);
      Run run = loadOn(database, LoadMode.MERGE);
      assertThat(run.errors())
          .extracting(Object::toString)
          .singleElement()
          .asString()
          .matches(
              "the database is unavailable: (terminating connection|Database connection failed).*");
      assertSame(DatabaseContent.of(portal.database), before, statement);
    }

    assertThat(portal.load().state()).isEqualTo(RunState.DONE);
  }

  /** L42 */
  @Test
  void nextInsertShouldSucceedInEveryTable() throws Exception {
    assertThat(portal.withDjangoSet().load().errors()).isEmpty();

    Map<String, List<String>> rows = DatabaseContent.of(portal.database).rows();
    for (String table :
        portal.select(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'id'")) {
      String sequence = "pg_get_serial_sequence('" + table + "', 'id')";
      assertThat(
              portal.select(
                  "SELECT nextval(" + sequence + ") > coalesce(max(id), 0) FROM " + table))
          .as(table)
          .containsExactly("t");
    }
    assertThat(rows).hasSizeGreaterThan(30);
  }

  /** L42 */
  @Test
  void sequenceAheadOfTheKeysShouldNotChange() throws Exception {
    portal.database.execute("SELECT setval('auth_group_id_seq', 50)");
    portal.database.execute("SELECT setval('users_aerpawuser_id_seq', 7, false)");

    portal.loaded(group(3, "three"), user(7));

    assertThat(DatabaseContent.of(portal.database).nextKeys())
        .containsEntry("auth_group_id_seq", 51L)
        .containsEntry("users_aerpawuser_id_seq", 8L);
  }

  /** L48 */
  @Test
  void writesOfAConcurrentPortalShouldNotBeLost() throws Exception {
    portal.loaded(user(1), user(2), group(1, "a"), group(2, "b"));
    portal.withFixture(
        "a.json",
        user(1).with("groups", List.of(1, 2)),
        user(2).with("username", "user1b"),
        group(1, "b"),
        group(2, "a"),
        project(1_000_000, 1));
    var stop = new AtomicBoolean();
    var written = new AtomicInteger();
    var writers =
        IntStream.range(0, 3)
            .mapToObj(
                number ->
                    supplyAsync(
                        () -> writeUntil(stop, written, number), task -> new Thread(task).start()))
            .toList();

    for (int i = 0; i < 3; i++) {
      assertThat(portal.load().errors()).isEmpty();
    }
    stop.set(true);
    for (var writer : writers) {
      writer.get();
    }

    assertThat(written.get()).isPositive();
    assertThat(portal.select("SELECT count(*) FROM projects_aerpawproject WHERE name <> ''"))
        .containsExactly(written.toString());
  }

  /** L48 */
  @Test
  void writerWithLockOnAReferencedRowShouldFinishBeforeTheLoad() throws Exception {
    portal.loaded(user(1));
    portal.withFixture("a.json", project(100, 1));
    try (Connection writer = portal.database.connect()) {
      writer.setAutoCommit(false);
      execute(writer, "SELECT FROM users_aerpawuser WHERE id = 1 FOR UPDATE");

      var load = supplyAsync(this::load, task -> new Thread(task).start());
      await()
          .until(
              () ->
                  portal.select(
                      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"),
              waiting -> !waiting.isEmpty());
      execute(writer, insertProject("by the writer"));
      writer.commit();

      assertThat(load.get().errors()).isEmpty();
    }
    assertThat(portal.select("SELECT count(*) FROM projects_aerpawproject")).containsExactly("2");
  }

  /**
   * New, changed and swapped objects, a row that a replacing load deletes, and lists that gain and
   * lose items.
   */
  private void prepareLoadThatUsesEveryStatement() throws Exception {
    portal.loaded(
        group(1, "a").with("permissions", List.of(1, 2)),
        group(2, "b"),
        group(5, "e").with("permissions", List.of(3)));
    portal.withFixture(
        "a.json",
        group(1, "b").with("permissions", List.of(2, 3)),
        group(2, "a"),
        group(9, "c"),
        group(null, "d"));
  }

  /**
   * Only the sequences of join tables may advance: a rollback does not undo that, and fixtures do
   * not contain their keys.
   */
  private static void assertSame(DatabaseContent now, DatabaseContent before, int statement) {
    assertThat(now.rows()).as("statement %d", statement).isEqualTo(before.rows());
    now.nextKeys()
        .forEach(
            (sequence, next) -> {
              if (sequence.equals("auth_group_permissions_id_seq")) {
                assertThat(next).isGreaterThanOrEqualTo(before.nextKeys().get(sequence));
              } else {
                assertThat(next)
                    .as("statement %d: %s", statement, sequence)
                    .isEqualTo(before.nextKeys().get(sequence));
              }
            });
  }

  private Run loadOn(DataSource database, LoadMode mode) throws Exception {
    return new LoadService(
            database,
            portal.registry,
            portal.fixtures,
            false,
            portal.sets,
            portal.engine.retention(),
            portal.runs,
            portal.dumps::dumpSafetyBackup)
        .loadAndWait(LoadRequest.of(LoadRequest.FIXTURES, List.of(), mode), "a test");
  }

  private Run load() {
    try {
      return portal.load();
    } catch (InvalidRequestException | SQLException | IOException e) {
      throw new CompletionException(e);
    }
  }

  private void terminateLoad() {
    portal.database.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND (state = 'idle in transaction' OR state = 'idle' AND query !~"
            + " 'advisory') AND pid <> pg_backend_pid()");
  }

  /** Transactions like the portal's: lock a row, insert a row that refers to it, update a row. */
  private Void writeUntil(AtomicBoolean stop, AtomicInteger written, int number) {
    try (Connection connection = portal.database.connect()) {
      connection.setAutoCommit(false);
      while (!stop.get()) {
        int user = 1 + number % 2;
        execute(connection, "SELECT FROM users_aerpawuser WHERE id = " + user + " FOR UPDATE");
        execute(connection, insertProject("by writer " + number));
        execute(connection, "UPDATE users_aerpawuser SET last_login = now() WHERE id = " + user);
        connection.commit();
        written.incrementAndGet();
      }
      return null;
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }

  private static String insertProject(String name) {
    return "INSERT INTO projects_aerpawproject (created, modified, created_by,"
        + " modified_by, description, is_deleted, is_public, name,"
        + " project_creator_id, uuid)"
        + " VALUES (now(), now(), '', '', '', false, false, '"
        + name
        + "', 1, '')";
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

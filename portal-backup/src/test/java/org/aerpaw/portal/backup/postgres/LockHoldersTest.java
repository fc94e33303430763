package org.aerpaw.portal.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;

class LockHoldersTest {

  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.empty();
    database.execute("CREATE TABLE t (id int); INSERT INTO t VALUES (1)");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT pg_advisory_xact_lock(7) | an advisory lock",
        "UPDATE t SET id = 2 | another transaction",
        "LOCK TABLE t | t",
      })
  void aWaitIsDescribedByWhatIsLockedAndByWhom(String statement, String locked) throws Exception {
    try (Connection observer = database.connect();
        Connection waiting = database.connect();
        Connection holder = database.connect()) {
      holder.setAutoCommit(false);
      execute(statement, holder);
      CompletableFuture<Void> wait =
          CompletableFuture.runAsync(() -> executeUnchecked(statement, waiting));
      var holders = new LockHolders(observer);

      Optional<String> description =
          await().until(() -> holders.waitOf(List.of(pid(waiting))), Optional::isPresent);

      assertThat(description.orElseThrow())
          .startsWith(locked + " (held by pid " + pid(holder) + ", user ");
      holder.rollback();
      wait.join();
    }
  }

  private static void execute(String sql, Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void executeUnchecked(String sql, Connection connection) {
    try {
      connection.setAutoCommit(false);
      execute(sql, connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int pid(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }
}

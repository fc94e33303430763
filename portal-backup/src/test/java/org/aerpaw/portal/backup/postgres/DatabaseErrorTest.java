package org.aerpaw.portal.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.util.NoSuchElementException;
import org.aerpaw.portal.backup.postgres.DatabaseError.Kind;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Only a database that cannot be reached is unavailable. */
class DatabaseErrorTest {

  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.empty();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT FROM missing   | relation \"missing\" does not exist (42P01)",
        "SELECT 1 / 0          | division by zero (22012)",
        "SET TRANSACTION READ ONLY; CREATE TABLE t () |"
            + " cannot execute CREATE TABLE in a read-only transaction (25006)",
        "DO $$ BEGIN RAISE EXCEPTION 'no' USING DETAIL = 'secret'; END $$ | no (P0001)",
      })
  void anErrorOfAStatementIsReportedInTheWordsOfTheServer(String sql, String message) {
    DatabaseError error = errorOf(sql);

    assertThat(error.describe()).isEqualTo("database error: " + message);
    assertThat(error.isTemporary()).isFalse();
  }

  @Test
  void aLostConnectionIsUnavailable() {
    assertThat(errorOf("SELECT pg_terminate_backend(pg_backend_pid())"))
        .isEqualTo(
            new DatabaseError(
                Kind.UNAVAILABLE, "terminating connection due to administrator command (57P01)"));
  }

  @Test
  void aServerThatDoesNotListenIsUnavailable() {
    var nowhere = new PGSimpleDataSource();
    nowhere.setServerNames(new String[] {"127.0.0.1"});
    nowhere.setPortNumbers(new int[] {1});

    DatabaseError error =
        DatabaseError.of(catchThrowableOfType(SQLException.class, nowhere::getConnection));

    assertThat(error.describe())
        .startsWith("the database is unavailable: Connection to 127.0.0.1:1 refused");
  }

  @Test
  void aHostThatDoesNotExistIsNamed() {
    var nowhere = new PGSimpleDataSource();
    nowhere.setServerNames(new String[] {"nowhere.invalid"});

    SQLException failure =
        catchThrowableOfType(SQLException.class, new SessionSettings(nowhere)::getConnection);

    assertThat(failure.getMessage()).isEqualTo("unknown database host: nowhere.invalid");
    assertThat(DatabaseError.of(failure))
        .isEqualTo(new DatabaseError(Kind.UNAVAILABLE, failure.getMessage()));
  }

  @Test
  void aDatabaseThatRefusesConnectionsIsUnavailable() {
    database.refuseConnections();

    DatabaseError error =
        DatabaseError.of(
            catchThrowableOfType(
                SQLException.class, new SessionSettings(database.dataSource())::getConnection));

    assertThat(error)
        .isEqualTo(
            new DatabaseError(
                Kind.UNAVAILABLE,
                "database \""
                    + database.name()
                    + "\" is not currently accepting connections (55000)"));
    database.acceptConnections();
  }

  @Test
  void theErrorIsFoundAmongTheCauses() {
    var cause = catchThrowableOfType(SQLException.class, () -> execute("SELECT FROM missing"));

    assertThat(DatabaseError.of(new IllegalStateException(new SQLException("pool", cause))))
        .isEqualTo(new DatabaseError(Kind.REFUSED, "relation \"missing\" does not exist (42P01)"));
  }

  @Test
  void aPoolWithoutAFreeConnectionDoesNotMeanThatTheServerIsAway() {
    DatabaseError error =
        DatabaseError.of(new SQLException("pool error", new NoSuchElementException("timeout")));

    assertThat(error.describe()).isEqualTo("no database connection is free: pool error");
    assertThat(error.isTemporary()).isTrue();
  }

  @Test
  void aClosedPoolMeansThatTheDatabaseIsUnavailable() {
    DatabaseError error = DatabaseError.of(new SQLException("Data source is closed"));

    assertThat(error.describe()).isEqualTo("the database is unavailable: Data source is closed");
  }

  private DatabaseError errorOf(String sql) {
    return DatabaseError.of(catchThrowableOfType(SQLException.class, () -> execute(sql)));
  }

  private void execute(String sql) throws SQLException {
    try (var transaction = Transaction.begin(database.dataSource())) {
      for (String statement : sql.startsWith("DO") ? new String[] {sql} : sql.split("; ")) {
        try (var prepared = transaction.connection().createStatement()) {
          prepared.execute(statement);
        }
      }
    }
  }
}

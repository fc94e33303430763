package org.aerpaw.portal.backup.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.backup.model.column.IntegerColumn;
import org.aerpaw.portal.backup.model.column.TextColumn;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Every test reads the rows itself, and lets the driver read them. */
class CopyReaderTest {

  enum Sockets {
    OWN,
    OF_THE_DRIVER
  }

  private static TestDatabase database;

  @BeforeAll
  static void createDatabase() {
    database = TestDatabase.empty();
    database.execute(
        "CREATE FUNCTION noticed(bigint) RETURNS bigint LANGUAGE plpgsql AS"
            + " $$BEGIN RAISE NOTICE 'row %', $1; RETURN $1; END$$");
  }

  @AfterAll
  static void dropDatabase() {
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void rowsOfAnySizeAreRead(Sockets sockets) throws SQLException {
    try (Connection connection = connect(sockets)) {
      var lengths = List.of(0, 1, 8000, 65_000, 65_536, 70_000, 3_000_000, 5, 200_000);
      try (var rows =
          new CopyReader(
              connection,
              "SELECT repeat('ä', length) FROM unnest(ARRAY%s) length".formatted(lengths))) {
        for (int length : lengths) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.row().value(TextColumn.UNLIMITED)).isEqualTo("ä".repeat(length));
        }
        assertThat(rows.next()).isFalse();
      }
      assertUsable(connection);
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyRowsAreReadInTheirOrder(Sockets sockets) throws SQLException {
    try (Connection connection = connect(sockets)) {
      assertThat(read(connection, "SELECT i FROM generate_series(1, 100000) i"))
          .hasSize(100_000)
          .isSorted();
      assertThat(read(connection, "SELECT i FROM generate_series(1, 0) i")).isEmpty();
      assertUsable(connection);
    }
  }

  @ParameterizedTest
  @EnumSource
  void driverReadsRowsOnlyFromItsOwnSockets(Sockets sockets) throws SQLException {
    try (Connection connection = connect(sockets);
        var rows = new CopyReader(connection, "SELECT i FROM generate_series(1, 10) i")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.isReadByDriver()).isEqualTo(sockets == Sockets.OF_THE_DRIVER);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noticesBetweenRowsReachTheDriver(Sockets sockets) throws SQLException {
    try (Connection connection = connect(sockets)) {
      assertThat(read(connection, "SELECT noticed(i) FROM generate_series(1, 500) i"))
          .hasSize(500)
          .isSorted();
      assertUsable(connection);
    }
  }

  @ParameterizedTest
  @EnumSource
  void failureAfterSomeRowsIsThrown(Sockets sockets) throws SQLException {
    try (Connection connection = connect(sockets)) {
      assertThatThrownBy(
              () -> read(connection, "SELECT 1 / (30000 - i) FROM generate_series(1, 50000) i"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("division by zero");
      assertUsable(connection);
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongStatementIsThrown(Sockets sockets) throws SQLException {
    try (Connection connection = connect(sockets)) {
      assertThatThrownBy(() -> new CopyReader(connection, "SELECT nothing"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("\"nothing\" does not exist");
      assertUsable(connection);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readerMayBeClosedBeforeTheLastRow(Sockets sockets) throws SQLException {
    try (Connection connection = connect(sockets)) {
      try (var rows = new CopyReader(connection, "SELECT i FROM generate_series(1, 100000) i")) {
        assertThat(rows.next()).isTrue();
      }
      assertUsable(connection);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lostConnectionIsThrown(Sockets sockets) throws SQLException {
    try (Connection connection = connect(sockets)) {
      String ending =
          "SELECT CASE WHEN i = 50000 THEN pg_terminate_backend(pg_backend_pid())::int ELSE i END"
              + " FROM generate_series(1, 1000000) i";
      assertThatThrownBy(() -> read(connection, ending)).isInstanceOf(SQLException.class);
      assertThat(connection.isValid(1)).isFalse();
    }
  }

  private static List<Long> read(Connection connection, String query) throws SQLException {
    List<Long> values = new ArrayList<>();
    try (var rows =
        new CopyReader(connection, "SELECT value::bigint FROM (" + query + ") t(value)")) {
      while (rows.next()) {
        values.add((Long) rows.row().value(IntegerColumn.BIGINT));
      }
    }
    return values;
  }

  private static void assertUsable(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery("SELECT 42")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getInt(1)).isEqualTo(42);
    }
  }

  private static Connection connect(Sockets sockets) throws SQLException {
    var source = (PGSimpleDataSource) database.dataSourceOf(database.user());
    if (sockets == Sockets.OWN) {
      source.setSocketFactory(CopySocketFactory.class.getName());
    }
    return source.getConnection();
  }
}

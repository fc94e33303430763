package org.aerpaw.portal.benchmark.profile;

import java.sql.SQLException;
import org.aerpaw.portal.benchmark.postgres.Database;
import org.aerpaw.portal.benchmark.postgres.PostgresServer;
import org.aerpaw.portal.benchmark.text.Formats;
import org.aerpaw.portal.benchmark.text.Table;

/** The statistics of the statements in a database, from {@code pg_stat_statements}. */
final class Statements {

  private static final int LINES = 20;
  private static final int LONGEST = 110;

  private static final String SLOWEST =
      "SELECT calls, total_exec_time, rows, regexp_replace(query, '\\s+', ' ', 'g') AS query"
          + " FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = ? ORDER BY 2 DESC LIMIT "
          + LINES;

  private final Database counting;

  Statements(PostgresServer server) {
    counting = new Database(server, PostgresServer.MAINTENANCE);
  }

  /** Resets the statistics. */
  void reset() throws SQLException {
    counting.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    counting.execute("SELECT pg_stat_statements_reset()");
  }

  /** The statements that took longest since the last reset, as a table. */
  String slowest(Database of) throws SQLException {
    var table = new Table("takes", "calls", "rows", "statement");
    try (var connection = counting.connect();
        var query = connection.prepareStatement(SLOWEST)) {
      query.setString(1, of.name());
      try (var statements = query.executeQuery()) {
        while (statements.next()) {
          String text = statements.getString("query");
          table.add(
              Formats.seconds(statements.getDouble("total_exec_time") / 1e3),
              Formats.count(statements.getLong("calls")),
              Formats.count(statements.getLong("rows")),
              text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
        }
      }
    }
    return table.text();
  }
}

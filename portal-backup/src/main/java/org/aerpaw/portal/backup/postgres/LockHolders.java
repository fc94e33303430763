package org.aerpaw.portal.backup.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the sessions whose locks others wait for. */
public final class LockHolders {

  private static final String WAITS =
      """
      SELECT coalesce(w.relation::regclass::text, CASE w.locktype WHEN 'advisory' THEN 'an advisory lock'
          WHEN 'transactionid' THEN 'another transaction' ELSE 'a lock of type ' || w.locktype END),
        b.pid, a.usename
      FROM pg_catalog.pg_locks w
      CROSS JOIN LATERAL unnest(pg_catalog.pg_blocking_pids(w.pid)) b (pid)
      LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid
      WHERE NOT w.granted AND w.pid = ANY (?)
      ORDER BY b.pid
      """;

  private static final String HOLDERS =
      """
      SELECT l.relation::regclass::text, l.pid, a.usename
      FROM pg_catalog.pg_locks l
      LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
      WHERE l.granted AND l.mode <> 'AccessShareLock' AND l.pid <> ALL (?)
        AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
        AND l.relation = to_regclass(?)
      ORDER BY l.pid
      """;

  private final Connection connection;

  /**
   * @param connection for the queries, which do not wait for locks
   */
  public LockHolders(Connection connection) {
    this.connection = connection;
  }

  /**
   * Describes what sessions wait for, such as {@code users_aerpawuser (held by pid 4711, user
   * ann)}.
   *
   * @param processIds of the waiting sessions
   * @return empty if none of them waits
   */
  public Optional<String> waitOf(List<Integer> processIds) throws SQLException {
    try (var query = connection.prepareStatement(WAITS)) {
      query.setArray(1, array(processIds));
      return describe(query);
    }
  }

  /**
   * Describes the sessions that write to a table or have locked it.
   *
   * @param table quoted where necessary
   * @param except the sessions that are not described
   */
  public Optional<String> of(String table, List<Integer> except) throws SQLException {
    try (var query = connection.prepareStatement(HOLDERS)) {
      query.setArray(1, array(except));
      query.setString(2, table);
      return describe(query);
    }
  }

  private Array array(List<Integer> processIds) throws SQLException {
    return connection.createArrayOf("int4", processIds.toArray());
  }

  private static Optional<String> describe(PreparedStatement query) throws SQLException {
    String object = null;
    Set<String> holders = new LinkedHashSet<>();
    try (var rows = query.executeQuery()) {
      while (rows.next()) {
        object = rows.getString(1);
        String user = rows.getString(3);
        holders.add("pid " + rows.getInt(2) + (user == null ? "" : ", user " + user));
      }
    }
    return object == null
        ? Optional.empty()
        : Optional.of(object + " (held by " + String.join("; ", holders) + ")");
  }
}

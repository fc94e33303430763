package org.aerpaw.portal.backup.postgres;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The connections to a standby, a server that replays the write-ahead log of the database's server.
 * {@link #explain} says in plain words why one of its statements failed.
 */
public final class Standby extends DelegatingDataSource {

  /** How long a dump waits for the standby to have everything that was committed before it. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);

  private static final Duration POLL_DELAY = Duration.ofMillis(20);

  /** The standby cannot be used; the message says why. */
  private static final class UnusableException extends SQLException {

    UnusableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * How far the standby was behind when a dump read it.
   *
   * @param seconds the age of its data; null if it has not replayed any commit since it started
   * @param bytes the log that it had not replayed; 0 if it had everything that was committed when
   *     the dump began
   */
  public record Lag(BigDecimal seconds, long bytes) {}

  /** Identifies a server and a position in its log. */
  private record Position(String system, String log, boolean standby) {

    static Position of(Transaction transaction) throws SQLException {
      return transaction.queryOne(
          row -> new Position(row.getString(1), row.getString(2), row.getBoolean(3)),
          """
          SELECT system_identifier, CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
            ELSE pg_current_wal_flush_lsn() END, pg_is_in_recovery()
          FROM pg_catalog.pg_control_system()
          """);
    }
  }

  private final StandbyAddress address;
  private final Duration lockTimeout;

  /**
   * @param lockTimeout how long a statement waits for a lock that replication holds; zero for no
   *     limit
   */
  public Standby(StandbyAddress address, Duration lockTimeout) {
    super(new SessionSettings(address.dataSource()));
    this.address = address;
    this.lockTimeout = lockTimeout;
  }

  /** The host and the port. */
  public String name() {
    return address.toString();
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      return withLockTimeout(super.getConnection());
    } catch (SQLException e) {
      throw unusable("is unavailable: " + DatabaseError.of(e).message(), e);
    }
  }

  private Connection withLockTimeout(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = " + lockTimeout.toMillis());
      return connection;
    } catch (SQLException e) {
      try (connection) {
        throw e;
      }
    }
  }

  /**
   * Waits a moment for the standby to have everything that is committed now. Commits that are not
   * yet flushed are ignored. That is safe: the record of the run in the history is flushed before
   * this call, and so is every commit before it in the log.
   *
   * @param primary the server that it replicates
   * @throws SQLException if it is not a standby of that server, or if one of them is unavailable
   */
  public Lag await(DataSource primary) throws SQLException {
    long began = System.nanoTime();
    if (TransactionPooling.isUsedBy(this)) {
      throw unusable(
          "is behind a proxy that pools transactions; connect to the standby itself", null);
    }
    try (Transaction source = Transaction.begin(primary)) {
      Position wanted = Position.of(source);
      try (Transaction transaction = Transaction.begin(this)) {
        requireStandbyOf(wanted, Position.of(transaction));
        boolean caughtUp = awaitReplayOf(wanted, transaction, began);
        return caughtUp
            ? new Lag(seconds(Duration.ofNanos(System.nanoTime() - began)), 0)
            : measure(source, transaction);
      }
    }
  }

  private void requireStandbyOf(Position primary, Position replica) throws SQLException {
    if (!replica.system().equals(primary.system())) {
      throw unusable("is not a standby of this database's server", null);
    }
    if (!replica.standby()) {
      throw unusable(
          "is not a standby: it accepts writes. After a failover, change POSTGRES_HOST and PORTAL_DUMP_HOST",
          null);
    }
  }

  private static boolean awaitReplayOf(Position wanted, Transaction transaction, long began)
      throws SQLException {
    while (!transaction.queryOne(
        row -> row.getBoolean(1),
        "SELECT pg_last_wal_replay_lsn() >= CAST(? AS pg_lsn)",
        wanted.log())) {
      if (System.nanoTime() - began > MAX_WAIT.toNanos()) {
        return false;
      }
      try {
        Thread.sleep(POLL_DELAY.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Commits carry the time of the primary, so its clock is the one to compare with. */
  private static Lag measure(Transaction primary, Transaction standby) throws SQLException {
    String[] replayed =
        standby.queryOne(
            row -> new String[] {row.getString(1), row.getString(2)},
            "SELECT pg_last_wal_replay_lsn(), pg_last_xact_replay_timestamp()");
    return primary.queryOne(
        row -> new Lag(row.getBigDecimal(1), row.getLong(2)),
        """
        SELECT round(extract(epoch FROM clock_timestamp() - CAST(? AS timestamptz))::numeric, 3),
          pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
            ELSE pg_current_wal_flush_lsn() END, CAST(? AS pg_lsn))
        """,
        replayed[1],
        replayed[0]);
  }

  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3);
  }

  /** Why a statement or a connection of the standby failed, if that is because it is a standby. */
  public Optional<String> explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnusableException) {
        return Optional.of(cause.getMessage());
      }
      if (cause instanceof SQLException e && e.getSQLState() != null) {
        Optional<String> reason = reason(e.getSQLState());
        if (reason.isPresent()) {
          return reason.map(text -> describe(text + " (" + DatabaseError.of(e).message() + ")"));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * In a dump, 40001, 40P01 and 55P03 occur only on a standby. The other errors say that a
   * connection was lost, which is assumed to be the one to the standby.
   */
  private static Optional<String> reason(String state) {
    return switch (state) {
      case "40001", "40P01" ->
          Optional.of(
              "cancelled the dump, which was holding up replication for longer than"
                  + " max_standby_streaming_delay. Dump again. If this happens often, raise"
                  + " max_standby_streaming_delay on the standby, or set hot_standby_feedback = on there");
      case "55P03" ->
          Optional.of(
              "could not be read: replication held a lock on a table for longer than"
                  + " PORTAL_LOCK_TIMEOUT. Dump again later");
      case "57P01", "57P02", "57P03", "08000", "08003", "08006" ->
          Optional.of("ended the connection");
      default -> Optional.empty();
    };
  }

  private UnusableException unusable(String reason, Throwable cause) {
    return new UnusableException(describe(reason), cause);
  }

  private String describe(String reason) {
    return "the standby " + address + " (PORTAL_DUMP_HOST) " + reason;
  }
}

package org.aerpaw.portal.backup.run.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.checks.ReadOnlyDatabase;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunGroup;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunReport;
import org.aerpaw.portal.backup.run.RunState;

/** The runs in the table {@code fixtures.run}. */
final class RunTable {

  private static final String COLUMNS =
      "id, kind, state, requested_by, started, finished, objects, report, errors";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM fixtures.run ";

  private final DataSource database;
  private final Map<RunKind, Class<? extends RunReport>> reportTypes;

  RunTable(DataSource database, Map<RunKind, Class<? extends RunReport>> reportTypes) {
    this.database = database;
    this.reportTypes = reportTypes;
  }

  /** Whether the table exists; it does not in a database that could never be written. */
  boolean exists() throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      return transaction.queryOne(
          row -> row.getBoolean(1), "SELECT to_regclass('fixtures.run') IS NOT NULL");
    }
  }

  /** Whether the database is a standby or read-only by default. */
  boolean isReadOnly() throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      return ReadOnlyDatabase.reason(transaction).isPresent();
    }
  }

  void add(Run run) throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      transaction.update(
          "INSERT INTO fixtures.run (id, kind, state, requested_by, started, finished, errors)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?::json)",
          run.id(),
          run.kind().text(),
          run.state().text(),
          run.requestedBy(),
          timestamp(run.started()),
          run.finished() == null ? null : timestamp(run.finished()),
          JsonBinding.toJson(run.errors()));
      transaction.commit();
    }
  }

  void finish(Run run) throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      transaction.update(
          "UPDATE fixtures.run SET state = ?, finished = ?, objects = ?, report ="
              + " ?::json, errors = ?::json WHERE id = ?",
          run.state().text(),
          timestamp(run.finished()),
          run.progress().objects(),
          run.report() == null ? null : JsonBinding.toJson(run.report()),
          JsonBinding.toJson(run.errors()),
          run.id());
      transaction.commit();
    }
  }

  /**
   * Asks the server that executes a run to cancel it.
   *
   * @param reason the error that the run will report
   * @return whether the run was in progress
   */
  boolean requestCancel(UUID id, String reason) throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      long changed =
          transaction.update(
              "UPDATE fixtures.run SET cancel_reason = ? WHERE id = ? AND state = ?",
              reason,
              id,
              RunState.RUNNING.text());
      transaction.commit();
      return changed == 1;
    }
  }

  /** The reason given to {@link #requestCancel}; empty if the run is not to be cancelled. */
  static Optional<String> requestedCancel(UUID id, Connection connection) throws SQLException {
    try (var query =
        connection.prepareStatement("SELECT cancel_reason FROM fixtures.run WHERE id = ?")) {
      query.setObject(1, id);
      try (var row = query.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** Saves the report in a transaction. Once that is committed, the run is done. */
  void keepReport(Run run, Transaction transaction) throws SQLException {
    transaction.update(
        "UPDATE fixtures.run SET objects = ?, report = ?::json WHERE id = ?",
        run.progress().objects(),
        JsonBinding.toJson(run.report()),
        run.id());
  }

  /** See {@link RunHistory#endOrphans}. */
  List<Run> endOrphans(RunGroup group) throws SQLException {
    Map<String, List<FixtureError>> reasons = new HashMap<>();
    for (RunKind kind : RunKind.values()) {
      if (kind.group() == group) {
        reasons.put(kind.text(), List.of(FixtureError.of(whenInterrupted(kind))));
      }
    }
    try (var transaction = Transaction.begin(database)) {
      List<Run> ended =
          transaction.query(
              this::run,
              """
              UPDATE fixtures.run SET finished = now(),
                  state = CASE WHEN report IS NULL THEN ? ELSE ? END,
                  errors = CASE WHEN report IS NULL THEN ?::json -> kind ELSE errors END
              WHERE state = ? AND kind = ANY (string_to_array(?, ',')) RETURNING\s"""
                  + COLUMNS,
              RunState.INTERRUPTED.text(),
              RunState.DONE.text(),
              JsonBinding.toJson(reasons),
              RunState.RUNNING.text(),
              String.join(",", reasons.keySet()));
      transaction.commit();
      return ended;
    }
  }

  static String whenInterrupted(RunKind kind) {
    return switch (kind) {
      case LOAD -> "the server stopped before the load was committed";
      case VERIFY, DIFF -> "the server stopped before the run finished";
      case DUMP ->
          "the server stopped before the run finished; if ./portal sets lists a set from the time"
              + " of this run, it has all its files; otherwise none was made";
      case FETCH ->
          "the server stopped before the run finished; if ./portal sets lists the set, all of it"
              + " was fetched; otherwise fetch it again";
      case COPY -> "the server stopped before the run finished; the copy will be continued";
    };
  }

  List<Run> running() throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      return transaction.query(this::run, SELECT + "WHERE state = ?", RunState.RUNNING.text());
    }
  }

  Optional<Run> find(UUID id) throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      return transaction.query(this::run, SELECT + "WHERE id = ?", id).stream().findFirst();
    }
  }

  List<Run> newest(int limit) throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      return transaction.query(this::run, SELECT + "ORDER BY started DESC LIMIT ?", limit);
    }
  }

  /** The number of runs of each kind in each state. */
  Map<RunKind, Map<RunState, Long>> counts() throws SQLException {
    Map<RunKind, Map<RunState, Long>> counts = new EnumMap<>(RunKind.class);
    try (var transaction = Transaction.begin(database)) {
      transaction.query(
          row ->
              counts
                  .computeIfAbsent(kind(row), kind -> new EnumMap<>(RunState.class))
                  .put(state(row), row.getLong("count")),
          "SELECT kind, state, count(*) FROM fixtures.run GROUP BY kind, state");
    }
    return counts;
  }

  /** The last run of each kind that ended; skipped ones do not count. */
  List<Run> lastEnded() throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      return transaction.query(
          this::run,
          "SELECT DISTINCT ON (kind) "
              + COLUMNS
              + " FROM fixtures.run WHERE state NOT IN (?, ?) ORDER BY kind, started DESC",
          RunState.RUNNING.text(),
          RunState.SKIPPED.text());
    }
  }

  private static RunKind kind(ResultSet row) throws SQLException {
    return LowerCaseEnum.parse(RunKind.class, row.getString("kind"));
  }

  private static RunState state(ResultSet row) throws SQLException {
    return LowerCaseEnum.parse(RunState.class, row.getString("state"));
  }

  private Run run(ResultSet row) throws SQLException {
    var finished = row.getObject("finished", OffsetDateTime.class);
    RunKind kind = kind(row);
    String report = row.getString("report");
    long objects = row.getLong("objects");
    return new Run(
        row.getObject("id", UUID.class),
        kind,
        state(row),
        row.getString("requested_by"),
        row.getObject("started", OffsetDateTime.class).toInstant(),
        finished == null ? null : finished.toInstant(),
        Progress.of(null, null, null, objects, objects),
        report == null ? null : JsonBinding.fromJson(report, reportTypes.get(kind)),
        List.of(JsonBinding.fromJson(row.getString("errors"), FixtureError[].class)));
  }

  private static OffsetDateTime timestamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}

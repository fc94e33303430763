package org.aerpaw.portal.backup.run;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.postgres.Transaction;

/** The table {@code fixtures.run}. */
final class RunHistory {

  private static final String COLUMNS =
      "SELECT id, kind, state, requested_by, started, finished, objects, report, errors FROM fixtures.run ";

  private final DataSource database;

  RunHistory(DataSource database) {
    this.database = database;
  }

  void add(Run run) throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      transaction.update(
          "INSERT INTO fixtures.run (id, kind, state, requested_by, started) VALUES (?, ?, ?, ?, ?)",
          run.id(),
          run.kind().text(),
          run.state().text(),
          run.requestedBy(),
          timestamp(run.started()));
      transaction.commit();
    }
  }

  void finish(Run run) throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      transaction.update(
          "UPDATE fixtures.run SET state = ?, finished = ?, objects = ?, report = ?::json, errors = ?::json WHERE id = ?",
          run.state().text(),
          timestamp(run.finished()),
          run.progress().objects(),
          run.report() == null ? null : run.report().toString(),
          ErrorJson.write(run.errors()).toString(),
          run.id());
      transaction.commit();
    }
  }

  /** As a part of a transaction: committed, the run is done, whatever becomes of the server. */
  void keepReport(Run run, Transaction transaction) throws SQLException {
    transaction.update(
        "UPDATE fixtures.run SET objects = ?, report = ?::json WHERE id = ?",
        run.progress().objects(),
        run.report().toString(),
        run.id());
  }

  /**
   * To be called by who holds the lock: whatever is said to run then does so no more, and is done
   * if it has kept its report.
   */
  void endAbandoned() throws SQLException {
    JsonObjectBuilder why = Json.createObjectBuilder();
    for (RunKind kind : RunKind.values()) {
      why.add(kind.text(), ErrorJson.write(List.of(FixtureError.of(whenAbandoned(kind)))));
    }
    try (var transaction = Transaction.begin(database)) {
      transaction.update(
          """
          UPDATE fixtures.run SET finished = now(),
              state = CASE WHEN report IS NULL THEN ? ELSE ? END,
              errors = CASE WHEN report IS NULL THEN ?::json -> kind ELSE errors END
          WHERE state = ?
          """,
          RunState.FAILED.text(),
          RunState.DONE.text(),
          why.build().toString(),
          RunState.RUNNING.text());
      transaction.commit();
    }
  }

  private static String whenAbandoned(RunKind kind) {
    return switch (kind) {
      case LOAD -> "the server ended before the load was committed";
      case VERIFY -> "the server ended before the run did";
      case DUMP -> "the server ended before the run did; its set is there whole or not at all";
    };
  }

  Optional<UUID> running() throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      return transaction
          .query(
              row -> row.getObject(1, UUID.class),
              "SELECT id FROM fixtures.run WHERE state = ? ORDER BY started DESC LIMIT 1",
              RunState.RUNNING.text())
          .stream()
          .findFirst();
    }
  }

  Optional<Run> find(UUID id) throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      return transaction.query(RunHistory::run, COLUMNS + "WHERE id = ?", id).stream().findFirst();
    }
  }

  List<Run> newest(int limit) throws SQLException {
    try (var transaction = Transaction.begin(database)) {
      return transaction.query(RunHistory::run, COLUMNS + "ORDER BY started DESC LIMIT ?", limit);
    }
  }

  private static Run run(ResultSet row) throws SQLException {
    var finished = row.getObject("finished", OffsetDateTime.class);
    String report = row.getString("report");
    long objects = row.getLong("objects");
    return new Run(
        row.getObject("id", UUID.class),
        RunKind.of(row.getString("kind")),
        RunState.of(row.getString("state")),
        row.getString("requested_by"),
        row.getObject("started", OffsetDateTime.class).toInstant(),
        finished == null ? null : finished.toInstant(),
        new Progress(null, null, objects, objects),
        report == null ? null : parse(report).asJsonObject(),
        ErrorJson.read(parse(row.getString("errors")).asJsonArray()));
  }

  private static JsonStructure parse(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.read();
    }
  }

  private static OffsetDateTime timestamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}

package org.aerpaw.portal.backup.run;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * The past runs and the one in progress. They are in a table of the database, where all servers see
 * them; only those on a database that could not be written are in files.
 */
final class RunHistory {

  private final RunTable table;
  private final RunFiles files;

  RunHistory(RunTable table, RunFiles files) {
    this.table = table;
    this.files = files;
  }

  /**
   * Adds a run, and marks all running runs as ended. The caller must hold the run lock, so none of
   * them is really running.
   */
  void add(Run run) throws SQLException, IOException {
    boolean readOnly = table.isReadOnly();
    for (Run orphan : files.all()) {
      if (orphan.state() == RunState.RUNNING) {
        files.save(orphan.failed(List.of(FixtureError.of(RunTable.whenAbandoned(orphan.kind())))));
      }
    }
    if (readOnly) {
      files.add(run);
    } else {
      table.markOrphanedRuns();
      table.add(run);
    }
  }

  void finish(Run run) throws SQLException, IOException {
    if (files.contains(run.id())) {
      files.save(run);
    } else {
      table.finish(run);
    }
  }

  /** Saves the report in a transaction. Once that is committed, the run is done. */
  void keepReport(Run run, Transaction transaction) throws SQLException {
    table.keepReport(run, transaction);
  }

  Optional<Run> running() throws SQLException, IOException {
    for (Run run : files.all()) {
      if (run.state() == RunState.RUNNING) {
        return Optional.of(run);
      }
    }
    return table.exists() ? table.running() : Optional.empty();
  }

  Optional<Run> find(UUID id) throws SQLException, IOException {
    Optional<Run> run = files.find(id);
    return run.isPresent() || !table.exists() ? run : table.find(id);
  }

  List<Run> newest(int limit) throws SQLException, IOException {
    List<Run> runs = new ArrayList<>(files.all());
    if (table.exists()) {
      runs.addAll(table.newest(limit));
    }
    runs.sort(RunFiles.NEWEST_FIRST);
    return runs.subList(0, Math.min(limit, runs.size()));
  }

  /**
   * Asks the server that executes a run to cancel it, unless the database is read-only.
   *
   * @param reason the error that the run will report
   * @return whether the run was in progress and was asked
   */
  boolean requestCancel(UUID id, String reason) throws SQLException {
    return !table.isReadOnly() && table.requestCancel(id, reason);
  }

  /** The reason given to {@link #requestCancel}; empty if the run is not to be cancelled. */
  Optional<String> requestedCancel(UUID id, Connection connection) throws SQLException {
    return files.contains(id) ? Optional.empty() : RunTable.requestedCancel(id, connection);
  }
}

package org.aerpaw.portal.backup.run.history;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunGroup;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunReport;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.run.RunStatistics;

/**
 * The past runs and the one in progress. They are in a table of the database, where all servers see
 * them; only those on a read-only database are in files.
 */
public final class RunHistory {

  private final RunTable table;
  private final RunFiles files;

  /**
   * @param files the directory of the history if the database is read-only
   * @param reportTypes the class of each kind's report
   */
  public RunHistory(
      DataSource database, Path files, Map<RunKind, Class<? extends RunReport>> reportTypes) {
    this.table = new RunTable(database, reportTypes);
    this.files = new RunFiles(files, reportTypes);
  }

  public void add(Run run) throws SQLException, IOException {
    if (table.isReadOnly()) {
      files.add(run);
    } else {
      table.add(run);
    }
  }

  /**
   * Marks all running runs of a group as ended: done if their report was saved, otherwise
   * interrupted. The caller must hold the lock of the group, so none of them is really running.
   *
   * @return those runs as they are now
   */
  public List<Run> endOrphans(RunGroup group) throws SQLException, IOException {
    List<Run> ended = new ArrayList<>();
    for (Run orphan : files.all()) {
      if (orphan.state() == RunState.RUNNING && orphan.kind().group() == group) {
        Run interrupted = orphan.interrupted(RunTable.whenInterrupted(orphan.kind()));
        files.save(interrupted);
        ended.add(interrupted);
      }
    }
    if (!table.isReadOnly()) {
      ended.addAll(table.endOrphans(group));
    }
    return ended;
  }

  public void finish(Run run) throws SQLException, IOException {
    if (files.contains(run.id())) {
      files.save(run);
    } else {
      table.finish(run);
    }
  }

  /** Saves the report in a transaction. Once that is committed, the run is done. */
  public void keepReport(Run run, Transaction transaction) throws SQLException {
    table.keepReport(run, transaction);
  }

  /** The runs in progress, newest first. */
  public List<Run> running() throws SQLException, IOException {
    List<Run> running = new ArrayList<>(table.exists() ? table.running() : List.of());
    files.all().stream().filter(run -> run.state() == RunState.RUNNING).forEach(running::add);
    running.sort(RunFiles.NEWEST_FIRST);
    return running;
  }

  public Optional<Run> find(UUID id) throws SQLException, IOException {
    Optional<Run> run = files.find(id);
    return run.isPresent() || !table.exists() ? run : table.find(id);
  }

  public List<Run> newest(int limit) throws SQLException, IOException {
    List<Run> runs = new ArrayList<>(files.all());
    if (table.exists()) {
      runs.addAll(table.newest(limit));
    }
    runs.sort(RunFiles.NEWEST_FIRST);
    return runs.subList(0, Math.min(limit, runs.size()));
  }

  /** The history in numbers. */
  public RunStatistics statistics() throws SQLException, IOException {
    Map<RunKind, Map<RunState, Long>> counts = new EnumMap<>(RunKind.class);
    List<Run> lastEnded = new ArrayList<>();
    if (table.exists()) {
      counts.putAll(table.counts());
      lastEnded.addAll(table.lastEnded());
    }
    for (Run run : files.all()) {
      counts
          .computeIfAbsent(run.kind(), kind -> new EnumMap<>(RunState.class))
          .merge(run.state(), 1L, Long::sum);
      if (run.state() != RunState.RUNNING && run.state() != RunState.SKIPPED) {
        lastEnded.add(run);
      }
    }
    lastEnded.sort(RunFiles.NEWEST_FIRST);
    Map<RunKind, Run> newest = new EnumMap<>(RunKind.class);
    lastEnded.forEach(run -> newest.putIfAbsent(run.kind(), run));
    return new RunStatistics(counts, newest);
  }

  /**
   * Asks the server that executes a run to cancel it, unless the database is read-only.
   *
   * @param reason the error that the run will report
   * @return whether the run was in progress and was asked
   */
  public boolean requestCancel(UUID id, String reason) throws SQLException {
    return !table.isReadOnly() && table.requestCancel(id, reason);
  }

  /** The reason given to {@link #requestCancel}; empty if the run is not to be cancelled. */
  public Optional<String> requestedCancel(UUID id, Connection connection) throws SQLException {
    return files.contains(id) ? Optional.empty() : RunTable.requestedCancel(id, connection);
  }
}

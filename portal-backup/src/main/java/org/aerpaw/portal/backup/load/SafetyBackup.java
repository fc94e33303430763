package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * The set that undoes a replacing load. It stays only if the load does: one that fails, however
 * often it is tried, neither leaves a set nor makes older ones go.
 */
final class SafetyBackup implements AutoCloseable {

  private static final Logger LOG = System.getLogger(SafetyBackup.class.getName());

  private final BackupTask backup;
  private final BackupCatalog sets;
  private final RunContext load;
  private String taken;

  SafetyBackup(BackupTask backup, BackupCatalog sets, RunContext load) {
    this.backup = backup;
    this.sets = sets;
    this.load = load;
  }

  /**
   * Makes the set, once per load.
   *
   * @return its id
   */
  String take() throws RunFailedException, SQLException, IOException {
    taken = backup.take(load);
    return taken;
  }

  /** The load is in the database, or may be. The set is one of those now that are kept. */
  void keep() {
    if (taken == null) {
      return;
    }
    String made = taken;
    taken = null;
    try {
      sets.applyRetention(made, removed -> LOG.log(Level.INFO, "deleted older sets: {0}", removed));
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.WARNING, "older sets could not be deleted: {0}", e.toString());
    }
  }

  /** Takes the set away again, unless it is to be kept. */
  @Override
  public void close() {
    if (taken == null) {
      return;
    }
    try {
      sets.remove(taken);
    } catch (IOException | UncheckedIOException e) {
      LOG.log(
          Level.WARNING,
          "the safety backup {0} of a failed load could not be deleted: {1}",
          taken,
          e.toString());
    }
    taken = null;
  }
}

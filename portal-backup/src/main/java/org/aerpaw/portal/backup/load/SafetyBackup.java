package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.retention.RetentionService;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * The backup set with which a replacing load can be undone. If the load fails, the set is deleted
 * and retention is not applied, so that repeated failures neither add nor delete sets.
 */
final class SafetyBackup implements AutoCloseable {

  private static final Logger LOG = System.getLogger(SafetyBackup.class.getName());

  private final SafetyBackupMaker maker;
  private final BackupCatalog sets;
  private final RetentionService retention;
  private final RunContext load;
  private String id;

  SafetyBackup(
      SafetyBackupMaker maker, BackupCatalog sets, RetentionService retention, RunContext load) {
    this.maker = maker;
    this.sets = sets;
    this.retention = retention;
    this.load = load;
  }

  /** Makes the set, once per load. */
  BackupSet take() throws RunFailedException, SQLException, IOException {
    id = maker.make(load);
    return sets.find(id).orElseThrow();
  }

  /**
   * Keeps the set and applies retention. To be called if the load committed or may have committed.
   */
  void keep() {
    if (id == null) {
      return;
    }
    id = null;
    retention.apply().sentences().forEach(sentence -> LOG.log(Level.INFO, sentence));
  }

  /** Deletes the set unless it was kept. */
  @Override
  public void close() {
    if (id == null) {
      return;
    }
    try {
      sets.remove(id);
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "the safety backup {0} of a failed load could not be deleted: {1}",
          id,
          e.toString());
    }
    id = null;
  }
}

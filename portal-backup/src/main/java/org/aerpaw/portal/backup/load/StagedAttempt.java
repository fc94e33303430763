package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.CopyWriter;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * The way over the staging tables: takes anything, explains everything that is wrong, and keeps
 * others off the tables only from the planning on.
 */
final class StagedAttempt extends LoadAttempt {

  private final Transaction transaction;

  StagedAttempt(LoadContext load, CopyWriter copies) {
    super(load, copies);
    this.transaction = load.transaction();
  }

  @Override
  void bringIn() throws RunFailedException, SQLException, IOException {
    readInto(staging());
    TableLocks.acquire(staging().models(), transaction);
  }

  @Override
  void beforeWriting() throws RunFailedException, SQLException, IOException {
    takeBackup();
  }

  @Override
  void afterWriting() {}

  @Override
  Map<Model, Counts> doneWithoutStaging() {
    return Map.of();
  }
}

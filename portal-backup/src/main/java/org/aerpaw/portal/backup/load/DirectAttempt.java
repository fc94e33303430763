package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.CopyWriter;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * The short way: what {@link DirectTables} takes is not staged. A {@link DetourException} may end
 * it at any time.
 */
final class DirectAttempt extends LoadAttempt {

  private final DirectTables direct;

  DirectAttempt(LoadContext load, CopyWriter copies) {
    super(load, copies);
    this.direct = new DirectTables(load, staging(), copies);
  }

  /**
   * Others can neither change what is kept for undoing nor see it afterwards, so it is kept before
   * the tables change.
   */
  @Override
  void bringIn() throws RunFailedException, SQLException, IOException {
    direct.lock();
    takeBackup();
    try (direct) {
      direct.open();
      readInto(direct);
    }
  }

  @Override
  void beforeWriting() {}

  @Override
  void afterWriting() throws SQLException {
    direct.check();
  }

  @Override
  Map<Model, Counts> doneWithoutStaging() {
    return direct.counts();
  }
}

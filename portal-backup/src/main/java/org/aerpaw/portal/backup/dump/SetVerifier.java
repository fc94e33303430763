package org.aerpaw.portal.backup.dump;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.VerificationResult;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Verifies a set that is not published yet. */
@FunctionalInterface
public interface SetVerifier {

  /**
   * Makes a trial restore.
   *
   * @param dump the run that makes the set
   * @param warnings receives what is wrong with the set, or why it cannot be verified
   * @return empty if this database cannot verify it
   * @throws RunFailedException if the verification could not be completed
   */
  Optional<VerificationResult> verify(BackupSet set, RunContext dump, Consumer<String> warnings)
      throws RunFailedException, SQLException, IOException;
}

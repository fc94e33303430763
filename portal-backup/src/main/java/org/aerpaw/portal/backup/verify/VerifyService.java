package org.aerpaw.portal.backup.verify;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.VerificationResult;
import org.aerpaw.portal.backup.dump.PortalVersion;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunService;
import org.aerpaw.portal.backup.run.RunTask;

/** Verifies sets, and keeps with each how that ended last. */
public final class VerifyService {

  private final DataSource database;
  private final ModelRegistry registry;
  private final BackupCatalog sets;
  private final RunService runs;

  public VerifyService(
      DataSource database, ModelRegistry registry, BackupCatalog sets, RunService runs) {
    this.database = database;
    this.registry = registry;
    this.sets = sets;
    this.runs = runs;
  }

  /** Starts a verification and does not wait for it. */
  public Run start(String setId, String requestedBy)
      throws InvalidRequestException, RunInProgressException, SQLException, IOException {
    return runs.start(RunKind.VERIFY, requestedBy, body(setId));
  }

  /** Waits until nothing else runs, verifies and returns how it ended. */
  public Run verifyNow(String setId, String requestedBy)
      throws InvalidRequestException, SQLException, IOException {
    return runs.runNow(RunKind.VERIFY, requestedBy, body(setId));
  }

  private RunTask body(String setId) throws InvalidRequestException, IOException {
    BackupSet set = find(setId);
    return context -> {
      try {
        VerificationReport report = new Verification(database, registry, set, context).verify();
        set.keep(outcome(VerificationResult.Result.PASSED));
        return report;
      } catch (RunFailedException e) {
        throw keepFailure(set, e);
      }
    };
  }

  /**
   * A manifest that the disk gives, but that is none of this format, is a matter of the request.
   */
  private BackupSet find(String setId) throws InvalidRequestException, IOException {
    try {
      return sets.find(setId).orElseThrow(() -> new InvalidRequestException("set", "no such set"));
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidRequestException("set", e.getMessage());
    }
  }

  /** That the set was found good before must not outlive this. */
  private static RunFailedException keepFailure(BackupSet set, RunFailedException why) {
    try {
      set.keep(outcome(VerificationResult.Result.FAILED));
      return why;
    } catch (IOException e) {
      List<FixtureError> errors = new ArrayList<>(why.errors());
      errors.add(FixtureError.of("this outcome could not be kept with the set"));
      var unkept = new RunFailedException(errors);
      unkept.initCause(e);
      return unkept;
    }
  }

  private static VerificationResult outcome(VerificationResult.Result result) {
    return new VerificationResult(
        Instant.now().truncatedTo(ChronoUnit.MILLIS), PortalVersion.text(), result);
  }
}

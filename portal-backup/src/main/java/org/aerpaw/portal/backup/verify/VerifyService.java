package org.aerpaw.portal.backup.verify;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.VerificationResult;
import org.aerpaw.portal.backup.dump.snapshot.PortalVersion;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.DatabaseError;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.checks.ReadOnlyDatabase;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunTask;
import org.aerpaw.portal.backup.run.execution.RunService;

/** Verifies backup sets and saves the last result with each set. */
public final class VerifyService {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

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

  /** Starts a verification in the background. */
  public Run start(String setId, String requestedBy)
      throws InvalidRequestException, RunInProgressException, SQLException, IOException {
    return runs.start(RunKind.VERIFY, requestedBy, task(setId));
  }

  /** Verifies as soon as no other run is active, and returns the finished run. */
  public Run verifyAndWait(String setId, String requestedBy)
      throws InvalidRequestException, SQLException, IOException {
    return runs.runAndWait(RunKind.VERIFY, requestedBy, task(setId));
  }

  /** The work of a verification. */
  public RunTask task(String setId) throws InvalidRequestException, IOException {
    BackupSet set = find(setId);
    if (set.manifest().foreign()) {
      throw new InvalidRequestException(
          "set",
          "a foreign set (uploaded without a manifest) cannot be verified; check it with a"
              + " dry run of a load");
    }
    if (set.manifest().isEncrypted()) {
      return encryptedTask(set);
    }
    return context -> {
      requireWritable();
      try {
        VerificationReport report = new Verification(database, registry, set, context).verify();
        set.saveVerification(result(VerificationResult.Result.PASSED));
        return report;
      } catch (RunFailedException e) {
        throw saveFailure(set, e);
      } catch (SQLException e) {
        if (!isCausedByData(e)) {
          String reason = DatabaseError.of(e).describe();
          throw new RunFailedException("the set could not be verified: " + reason, e);
        }
        throw saveFailure(set, new RunFailedException(DatabaseError.of(e).describe(), e));
      }
    };
  }

  /**
   * The server cannot decrypt a set, so this compares its files with the manifest only, and relies
   * on the trial restore that was made before the set was encrypted.
   */
  private static RunTask encryptedTask(BackupSet set) throws InvalidRequestException {
    VerificationResult before = set.manifest().encryption().verification();
    if (before == null) {
      throw new InvalidRequestException(
          "set",
          "was not verified before it was encrypted, and the server has no private key; check it"
              + " with ./portal load --from "
              + set.id()
              + " --identity FILE --dry-run");
    }
    return context -> {
      long began = System.nanoTime();
      List<FixtureError> errors = new ArrayList<>();
      set.verifyFiles()
          .forEach((file, reason) -> errors.add(FixtureError.of(file + ": " + reason)));
      if (!before.passed()) {
        errors.add(FixtureError.of("the trial restore failed before the set was encrypted"));
      }
      if (!errors.isEmpty()) {
        throw saveFailure(set, new RunFailedException(errors));
      }
      set.saveVerification(result(VerificationResult.Result.PASSED));
      return VerificationReport.of(
          set.manifest(),
          List.of(
              "the set is encrypted, so only the sha256 of its files was compared; it passed a"
                  + " trial restore before it was encrypted, at "
                  + before.verifiedAt()),
          Duration.ofNanos(System.nanoTime() - began));
    };
  }

  /**
   * Makes a trial restore of a set that is about to be encrypted.
   *
   * @param dump the run that makes the set; its progress is not changed
   * @param warnings receives what is wrong with the set, or why it cannot be verified
   * @return empty if the database cannot be written or the role may not create a schema
   */
  public Optional<VerificationResult> verifyStaged(
      BackupSet set, RunContext dump, Consumer<String> warnings)
      throws RunFailedException, SQLException, IOException {
    Optional<String> obstacle = readOnly();
    try {
      if (obstacle.isEmpty()) {
        new Verification(database, registry, set, dump.withProgress(progress -> {})).verify();
        return Optional.of(result(VerificationResult.Result.PASSED));
      }
    } catch (RunFailedException e) {
      e.errors().forEach(error -> warnings.accept("the trial restore failed: " + error));
      return Optional.of(result(VerificationResult.Result.FAILED));
    } catch (SQLException e) {
      String reason = DatabaseError.of(e).describe();
      if (isCausedByData(e)) {
        warnings.accept("the trial restore failed: " + reason);
        return Optional.of(result(VerificationResult.Result.FAILED));
      }
      if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        throw e;
      }
      obstacle = Optional.of(reason);
    }
    warnings.accept("the set was encrypted without a trial restore: " + obstacle.get());
    return Optional.empty();
  }

  /**
   * Whether the database can be written. Does not check whether the role may create the scratch
   * schema.
   */
  public boolean isPossible() throws SQLException {
    return readOnly().isEmpty();
  }

  private void requireWritable() throws RunFailedException, SQLException {
    Optional<String> readOnly = readOnly();
    if (readOnly.isPresent()) {
      throw new RunFailedException("the set could not be verified: " + readOnly.get(), null);
    }
  }

  private Optional<String> readOnly() throws SQLException {
    try (Transaction transaction = Transaction.begin(database)) {
      return ReadOnlyDatabase.reason(transaction);
    }
  }

  /** Classes 22 and 23 of SQLSTATE: data exceptions and violated constraints. */
  private static boolean isCausedByData(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (state.startsWith("22") || state.startsWith("23"));
  }

  /** A manifest that is readable but damaged makes the request invalid. */
  private BackupSet find(String setId) throws InvalidRequestException, IOException {
    try {
      return sets.find(setId).orElseThrow(() -> new InvalidRequestException("set", "no such set"));
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidRequestException("set", e.getMessage());
    }
  }

  /** Replaces an earlier result that said the set had passed. */
  private static RunFailedException saveFailure(BackupSet set, RunFailedException why) {
    try {
      set.saveVerification(result(VerificationResult.Result.FAILED));
      return why;
    } catch (IOException e) {
      List<FixtureError> errors = new ArrayList<>(why.errors());
      errors.add(
          FixtureError.of(
              "the failed verification could not be saved in the set, so ./portal sets may still"
                  + " show an earlier result"));
      var unsaved = new RunFailedException(errors);
      unsaved.initCause(e);
      return unsaved;
    }
  }

  private static VerificationResult result(VerificationResult.Result result) {
    return new VerificationResult(
        Instant.now().truncatedTo(ChronoUnit.MILLIS), PortalVersion.text(), result);
  }
}

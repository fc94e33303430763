package org.aerpaw.portal.backup.diff;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunTask;
import org.aerpaw.portal.backup.run.execution.RunService;

/** Compares two backup sets, or a set with the database. */
public final class DiffService {

  private final DataSource database;
  private final ModelRegistry registry;
  private final BackupCatalog sets;
  private final RunService runs;

  public DiffService(
      DataSource database, ModelRegistry registry, BackupCatalog sets, RunService runs) {
    this.database = database;
    this.registry = registry;
    this.sets = sets;
    this.runs = runs;
  }

  /** The problems of a request, for callers that cannot start it at the moment. */
  public List<FixtureError> problems(DiffRequest request) throws IOException {
    try {
      DiffPlanner.plan(request, registry, sets);
      return List.of();
    } catch (InvalidRequestException e) {
      return e.errors();
    }
  }

  /** Starts a comparison in the background. The identity is overwritten at its end. */
  public Run start(DiffRequest request, String requestedBy)
      throws InvalidRequestException, RunInProgressException, SQLException, IOException {
    try {
      return runs.start(RunKind.DIFF, requestedBy, task(request));
    } catch (InvalidRequestException | RunInProgressException | SQLException | IOException e) {
      request.forgetIdentity();
      throw e;
    }
  }

  /** Compares as soon as no other run is active, and returns the finished run. */
  public Run diffAndWait(DiffRequest request, String requestedBy)
      throws InvalidRequestException, SQLException, IOException {
    return runs.runAndWait(RunKind.DIFF, requestedBy, task(request));
  }

  private RunTask task(DiffRequest request) throws InvalidRequestException, IOException {
    DiffPlan plan = DiffPlanner.plan(request, registry, sets);
    return context -> {
      try {
        return new Diff(plan, registry, request.values(), context).run(database);
      } finally {
        request.forgetIdentity();
      }
    };
  }
}

package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.load.fast.Strategy;
import org.aerpaw.portal.backup.load.fast.TableStrategies;
import org.aerpaw.portal.backup.load.tables.TableLocks;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * A load from its files to what can be committed, in the stages of {@link LoadStage}.
 *
 * <p>The files are read once, each table by its own {@link Strategy}. If one of the fast strategies
 * cannot continue, they are read once more with every table staged, which accepts any objects and
 * explains every error. Locks and safety backup are made once, before the first reading.
 */
final class LoadPipeline {

  private static final Logger LOG = System.getLogger(LoadPipeline.class.getName());

  private final LoadContext load;
  private TableStrategies strategies;
  private String safetyBackup;

  LoadPipeline(LoadContext load) {
    this.load = load;
  }

  /**
   * Does everything but the commit. When it returns, the database has accepted every row, and every
   * constraint was checked. A dry run does the same and is to be rolled back, which leaves nothing
   * behind.
   *
   * @throws RunFailedException with up to a hundred located errors
   */
  LoadReport run() throws RunFailedException, SQLException, IOException {
    load.clock().enter(LoadStage.INSPECT);
    strategies = Inspection.strategies(load);
    lock();
    if (load.replaces() && !load.request().dryRun()) {
      load.clock().enter(LoadStage.BACKUP);
      backUp();
    }
    Savepoint beforeReading = load.transaction().connection().setSavepoint();
    lockEmptyTables();
    var pass = new LoadPass(load, strategies, LoadStage.READ, null);
    Optional<String> obstacle = pass.run();
    if (obstacle.isPresent()) {
      LOG.log(
          Level.INFO, "the load reads its files again and stages all tables: {0}", obstacle.get());
      load.transaction().connection().rollback(beforeReading);
      strategies.stageAll(obstacle.get());
      pass = new LoadPass(load, strategies, LoadStage.DIAGNOSE, obstacle.get());
      pass.run();
    }
    return pass.report(safetyBackup);
  }

  /**
   * Keeps others from writing to the tables until the end of the transaction. Tables that are only
   * staged are locked after reading, unless the load replaces rows, which are backed up before.
   */
  private void lock() throws RunFailedException, SQLException {
    List<Model> written = new ArrayList<>(strategies.models(Strategy.COPY));
    written.addAll(strategies.models(Strategy.COMPARE));
    if (load.replaces()) {
      written.addAll(strategies.models(Strategy.STAGE));
    }
    if (written.isEmpty()) {
      return;
    }
    load.clock().enter(LoadStage.LOCK);
    TableLocks.acquire(written, load.transaction());
  }

  /**
   * Keeps others even from reading the tables that are copied into, whose foreign keys are dropped
   * meanwhile. Stages what cannot be locked or is not empty any more.
   */
  private void lockEmptyTables() throws SQLException {
    List<Model> copied = strategies.models(Strategy.COPY);
    boolean areLocked = TableLocks.tryAcquireAccessExclusive(copied, load.transaction());
    for (Model model : copied) {
      if (!areLocked) {
        strategies.stage(model, "another transaction reads the table");
      } else if (!Inspection.isCopyable(model, load.transaction())) {
        strategies.stage(model, "another transaction has changed the table");
      }
    }
  }

  /** Backs up what the load may replace; nobody else can write to its tables any more. */
  private void backUp() throws RunFailedException, SQLException, IOException {
    try {
      safetyBackup = load.undo().take();
    } catch (RunFailedException e) {
      List<FixtureError> reasons = new ArrayList<>();
      reasons.add(FixtureError.of("the safety backup failed, so the load was not started"));
      reasons.addAll(e.errors());
      throw new RunFailedException(reasons);
    }
  }
}

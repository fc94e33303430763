package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.load.fast.Strategy;
import org.aerpaw.portal.backup.load.fast.TableStrategies;
import org.aerpaw.portal.backup.load.objects.ObjectLoad;
import org.aerpaw.portal.backup.load.tables.TableLocks;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.RolePrivileges;
import org.aerpaw.portal.backup.postgres.SessionSettings;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.selection.ObjectSearch;

/**
 * Executes the stages of a load up to the commit, in the order of {@link LoadStage}.
 *
 * <p>The files are read once, and each table is loaded by its own {@link Strategy}. If a fast
 * strategy cannot continue, the files are read again with every table staged, which accepts all
 * valid objects and reports every error with its position. The safety backup is made once, after a
 * replacing load has locked its tables and before the files are first read; only INSPECT and SELECT
 * may have scanned them before. Other loads lock tables with the strategies COPY and COMPARE before
 * they read the files.
 */
final class LoadPipeline {

  private static final Logger LOG = System.getLogger(LoadPipeline.class.getName());

  private final LoadContext load;
  private TableStrategies strategies;
  private Optional<BackupSet> safetyBackup = Optional.empty();

  LoadPipeline(LoadContext load) {
    this.load = load;
  }

  /**
   * Executes everything but the commit. On return, all rows are written and all constraints
   * checked. This also applies to a dry run, which the caller rolls back.
   *
   * @throws RunFailedException with up to a hundred errors and their positions
   */
  LoadReport run() throws RunFailedException, SQLException, IOException {
    load.clock().enter(LoadStage.INSPECT);
    requirePrivileges();
    strategies =
        load.objects().isPresent()
            ? new TableStrategies("only some objects are loaded", false)
            : Inspection.strategies(load);
    lock();
    Optional<ObjectLoad> objects = selectObjects();
    if (load.replaces() && !load.request().dryRun()) {
      load.clock().enter(LoadStage.BACKUP);
      backUp();
    }
    Savepoint beforeReading = load.transaction().connection().setSavepoint();
    lockEmptyTables();
    var pass = new LoadPass(load, objects, strategies, LoadStage.READ, null);
    Optional<String> obstacle = pass.run();
    if (obstacle.isPresent()) {
      LOG.log(
          Level.INFO,
          "the fast load is not possible ({0}); the files are read again and loaded through staging"
              + " tables, which is slower",
          obstacle.get());
      load.transaction().connection().rollback(beforeReading);
      strategies.stageAll(obstacle.get());
      pass = new LoadPass(load, objects, strategies, LoadStage.DIAGNOSE, obstacle.get());
      pass.run();
    }
    return pass.report(safetyBackup);
  }

  /**
   * Requires privileges on the tables of all apps, since it is not known yet which apps a small
   * load contains.
   */
  private void requirePrivileges() throws RunFailedException, SQLException {
    List<String> problems =
        new ArrayList<>(
            RolePrivileges.missingForLoad(load.registry().models(), load.transaction())
                .sentences());
    SessionSettings.uncheckedConstraints(load.transaction()).ifPresent(problems::add);
    RunFailedException.throwIfAny(problems);
  }

  /**
   * Blocks writes to the tables by other transactions. Tables with strategy STAGE are locked after
   * the files are read, except in a replacing load, which backs the tables up first, and in a load
   * of some objects, which first looks for them in the tables.
   */
  private void lock() throws RunFailedException, SQLException {
    List<Model> models = new ArrayList<>(strategies.models(Strategy.COPY));
    models.addAll(strategies.models(Strategy.COMPARE));
    if (load.replaces()) {
      models.addAll(strategies.models(Strategy.STAGE));
    }
    load.objects()
        .ifPresent(objects -> models.addAll(ObjectSearch.models(objects, load.registry())));
    if (models.isEmpty()) {
      return;
    }
    load.clock().enter(LoadStage.LOCK);
    TableLocks.acquire(models, load.transaction(), load.context().contention());
  }

  /**
   * Blocks reads of the tables with strategy COPY, whose foreign keys are dropped during the load.
   * If they cannot all be locked at once, all of them are staged instead; otherwise only those that
   * COPY can no longer be used for, such as tables that are no longer empty.
   */
  private void lockEmptyTables() throws SQLException {
    List<Model> copied = strategies.models(Strategy.COPY);
    boolean areLocked = TableLocks.tryAcquireAccessExclusive(copied, load.transaction());
    for (Model model : copied) {
      if (!areLocked) {
        strategies.stage(model, "another transaction is using the table");
      } else if (!Inspection.isCopyable(model, load.transaction())) {
        strategies.stage(model, "another transaction has changed the table");
      }
    }
  }

  private Optional<ObjectLoad> selectObjects()
      throws RunFailedException, SQLException, IOException {
    if (load.objects().isEmpty()) {
      return Optional.empty();
    }
    load.clock().enter(LoadStage.SELECT);
    return Optional.of(
        ObjectLoad.select(
            load.objects().get(),
            load.request(),
            load.fixtures().files(),
            load.registry(),
            load.renames(),
            load.transaction(),
            load.clock().track(load.context())));
  }

  private void backUp() throws RunFailedException, SQLException, IOException {
    try {
      safetyBackup = Optional.of(load.safetyBackup().take());
    } catch (RunFailedException e) {
      List<FixtureError> errors = new ArrayList<>();
      errors.add(FixtureError.of("the safety backup failed, so the load was not started"));
      errors.addAll(e.errors());
      throw new RunFailedException(errors);
    }
  }
}

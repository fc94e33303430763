package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.load.errors.ErrorLocator;
import org.aerpaw.portal.backup.load.errors.Violation;
import org.aerpaw.portal.backup.load.fast.TableStrategies;
import org.aerpaw.portal.backup.load.fast.TableStrategy;
import org.aerpaw.portal.backup.load.fast.TableTargets;
import org.aerpaw.portal.backup.load.objects.ObjectLoad;
import org.aerpaw.portal.backup.load.source.ErrorCollector;
import org.aerpaw.portal.backup.load.source.FixtureFile;
import org.aerpaw.portal.backup.load.source.FixtureFileLoader;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.staging.ConstraintChecks;
import org.aerpaw.portal.backup.load.staging.ExtraneousRows;
import org.aerpaw.portal.backup.load.staging.NaturalKeyResolver;
import org.aerpaw.portal.backup.load.staging.ReferencedObjectCheck;
import org.aerpaw.portal.backup.load.staging.RefusedObjects;
import org.aerpaw.portal.backup.load.staging.StagedModel;
import org.aerpaw.portal.backup.load.staging.Staging;
import org.aerpaw.portal.backup.load.staging.TableUpsert;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.load.tables.SequenceSync;
import org.aerpaw.portal.backup.load.tables.TableInspector;
import org.aerpaw.portal.backup.load.tables.TableLocks;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.checks.DatabaseEncoding;
import org.aerpaw.portal.backup.postgres.copy.CopyWriter;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Reads the files of a load once and brings their objects into the tables. */
final class LoadPass {

  private final LoadContext load;
  private final Optional<ObjectLoad> objects;
  private final TableStrategies strategies;
  private final LoadStage reading;
  private final String reason;
  private final List<FixtureFile> files;
  private final Transaction transaction;
  private final ErrorCollector errors = new ErrorCollector();
  private final FixtureFileLoader reader;
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, Counts> counts = new TreeMap<>();
  private final Map<String, TableStrategy> used = new TreeMap<>();
  private long equalDuplicates;

  /**
   * @param objects the only objects to load; empty for all
   * @param reading the stage in which the files are read
   * @param reason why the load is in that stage; null for the first pass
   */
  LoadPass(
      LoadContext load,
      Optional<ObjectLoad> objects,
      TableStrategies strategies,
      LoadStage reading,
      String reason)
      throws SQLException {
    this.load = load;
    this.objects = objects;
    this.strategies = strategies;
    this.reading = reading;
    this.reason = reason;
    this.files = load.fixtures().files();
    this.transaction = load.transaction();
    this.reader =
        new FixtureFileLoader(
            load.renames(),
            load.request(),
            DatabaseEncoding.limited(transaction),
            errors,
            load.clock().track(load.context()),
            objects.<BiPredicate<Model, Long>>map(selected -> selected::contains).orElse(null));
  }

  /**
   * @return why the load cannot continue with these strategies; empty if it is done
   * @throws RunFailedException with located errors
   */
  Optional<String> run() throws RunFailedException, SQLException, IOException {
    try (var copies = new CopyWriter(transaction.connection(), load.context().executor())) {
      var staging = new Staging(transaction, copies, errors);
      try (var targets =
          new TableTargets(strategies, load.replaces(), staging, copies, transaction)) {
        return run(targets, staging);
      }
    } catch (SQLException e) {
      if (strategies.areAllStaged() || !RefusedObjects.isRefusal(e)) {
        throw e;
      }
      return Optional.of("database error " + e.getSQLState());
    }
  }

  LoadReport report(Optional<BackupSet> safetyBackup) {
    List<String> all = new ArrayList<>(load.fixtures().warnings());
    all.addAll(reader.warnings());
    all.addAll(warnings);
    return LoadReport.of(
        load.request().dryRun(),
        safetyBackup,
        files(),
        equalDuplicates,
        counts,
        used,
        objects.map(ObjectLoad::report).orElse(null),
        reader.ignored().counts(),
        all,
        load.clock());
  }

  /**
   * The number of objects by file name. If only some objects are loaded, files without any of them
   * are left out.
   */
  private Map<String, Long> files() {
    Map<String, Long> files = new LinkedHashMap<>(reader.objectsOfFiles());
    if (objects.isPresent()) {
      files.values().removeIf(count -> count == 0);
    }
    return files;
  }

  private Optional<String> run(TableTargets targets, Staging staging)
      throws RunFailedException, SQLException, IOException {
    load.clock().enter(reading, reason);
    targets.prepare();
    reader.read(files, targets);
    if (targets.obstacle().isPresent()) {
      return targets.obstacle();
    }
    errors.throwIfAny();
    TableLocks.acquire(
        staging.models().stream().map(StagedModel::model).toList(),
        model -> staging.hasNaturalKeys(model),
        transaction,
        load.context().contention());

    load.clock().enter(LoadStage.CHECK);
    ExtraneousRows extraneous =
        load.replaces()
            ? ExtraneousRows.compared(staging, transaction)
            : ExtraneousRows.none(staging, transaction);
    Optional<String> violation = check(targets, staging, extraneous);
    if (violation.isPresent()) {
      return violation;
    }

    load.clock().enter(LoadStage.PLAN);
    List<TableUpsert> upserts =
        staging.models().stream().map(staged -> new TableUpsert(staged, transaction)).toList();
    for (TableUpsert upsert : upserts) {
      upsert.plan();
    }

    load.clock().enter(LoadStage.WRITE);
    write(extraneous, upserts);

    load.clock().enter(LoadStage.CONSTRAINTS);
    Optional<String> dangling = targets.addForeignKeys();
    if (dangling.isPresent()) {
      return dangling;
    }
    findRowsChangedByTriggers(upserts);
    equalDuplicates = staging.models().stream().mapToLong(StagedModel::equalDuplicates).sum();
    if (equalDuplicates > 0) {
      warnings.add(
          "duplicate objects with the same content, each loaded only once: " + equalDuplicates);
    }

    if (objects.isPresent()) {
      warnings.addAll(objects.get().restoreReferences());
    } else {
      reader.hash().save(transaction);
    }

    load.clock().enter(LoadStage.SEQUENCES);
    count(targets, extraneous, upserts);
    for (Model model : targets.loaded()) {
      if (!SequenceSync.advance(model, load.request().dryRun(), transaction)) {
        warnings.add(
            model
                + ": no sequence was found for its primary key, so none was advanced; new rows may"
                + " get keys that are already used");
      }
    }
    return Optional.empty();
  }

  /**
   * Gives every staged object its key and finds violations; duplicate keys end the search.
   *
   * @return why the files must be read again, with all tables staged, to explain the violations;
   *     empty if there are none
   */
  private Optional<String> check(TableTargets targets, Staging staging, ExtraneousRows extraneous)
      throws RunFailedException, SQLException, IOException {
    List<Violation> sameKeys = ConstraintChecks.duplicates(staging, transaction);
    if (!sameKeys.isEmpty()) {
      return refuse(sameKeys);
    }
    var referencedObjects =
        ReferencedObjectCheck.referenced(staging, files, load.renames(), transaction);
    List<Violation> violations =
        new ArrayList<>(
            NaturalKeyResolver.resolve(staging, load.registry(), load.replaces(), transaction));
    List<Violation> keys = ConstraintChecks.duplicatesOfAssignedKeys(staging, transaction);
    if (keys.isEmpty() && load.request().mode() == LoadMode.INSERT) {
      keys = ConstraintChecks.existingKeys(staging, transaction);
    }
    if (!keys.isEmpty()) {
      return refuse(keys);
    }
    if (load.replaces()) {
      extraneous.findStaged();
    }
    violations.addAll(referencedObjects.differences(load.replaces()));
    violations.addAll(
        ConstraintChecks.referencesAndUniques(
            staging, load.replaces(), referencedObjects, transaction));
    if (load.replaces()) {
      List<Model> others = new ArrayList<>(load.registry().models());
      others.removeAll(targets.loaded());
      extraneous.referrers(others).forEach(errors::add);
    }
    return violations.isEmpty() && errors.isEmpty() ? Optional.empty() : refuse(violations);
  }

  private Optional<String> refuse(List<Violation> violations)
      throws RunFailedException, IOException {
    if (!strategies.areAllStaged()) {
      return Optional.of("objects violate constraints");
    }
    ErrorLocator.locate(violations, files, load.renames()).forEach(errors::add);
    errors.throwIfAny();
    return Optional.empty();
  }

  /** Writes the plans. If the database refuses objects, reports these with their positions. */
  private void write(ExtraneousRows extraneous, List<TableUpsert> upserts)
      throws RunFailedException, SQLException, IOException {
    if (load.request().dryRun()) {
      for (TableUpsert upsert : upserts) {
        SequenceSync.makeTransactional(upsert.model(), transaction);
      }
    }
    Savepoint before = transaction.connection().setSavepoint();
    try {
      deferConstraintsAndDelete(extraneous);
      for (TableUpsert upsert : upserts) {
        upsert.write();
      }
      transaction.update("SET CONSTRAINTS ALL IMMEDIATE");
    } catch (SQLException e) {
      if (strategies.areAllStaged() && RefusedObjects.isCausedByObjects(e)) {
        transaction.connection().rollback(before);
        deferConstraintsAndDelete(extraneous);
        refuse(RefusedObjects.find(upserts, transaction));
      }
      throw e;
    }
  }

  private void deferConstraintsAndDelete(ExtraneousRows extraneous)
      throws RunFailedException, SQLException {
    transaction.update("SET CONSTRAINTS ALL DEFERRED");
    extraneous.delete();
  }

  private void findRowsChangedByTriggers(List<TableUpsert> upserts) throws SQLException {
    List<String> triggers = new ArrayList<>();
    for (TableUpsert upsert : upserts) {
      triggers.addAll(new TableInspector(upsert.model(), transaction).triggers());
    }
    if (triggers.isEmpty()) {
      return;
    }
    List<String> differing = new ArrayList<>();
    for (TableUpsert upsert : upserts) {
      long rows = upsert.countDifferingRows();
      if (rows > 0) {
        differing.add(rows + " of " + upsert.model());
      }
    }
    warnings.add(
        "the database has triggers or rules: "
            + String.join(", ", triggers)
            + "; stored rows that differ from the fixtures: "
            + (differing.isEmpty() ? "none" : String.join(", ", differing)));
  }

  private void count(TableTargets targets, ExtraneousRows extraneous, List<TableUpsert> upserts) {
    targets.counts().forEach((model, done) -> counts.put(model.label(), done));
    targets.loaded().forEach(model -> used.put(model.label(), strategies.of(model)));
    for (TableUpsert upsert : upserts) {
      Model model = upsert.model();
      counts.merge(
          model.label(), upsert.counts().withDeleted(extraneous.rows(model)), Counts::plus);
    }
  }
}

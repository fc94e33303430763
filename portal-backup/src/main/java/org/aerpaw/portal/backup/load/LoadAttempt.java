package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.CopyWriter;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/** One attempt at a load: from the files to what can be committed. */
abstract class LoadAttempt {

  private final LoadContext load;
  private final List<FixtureFile> files;
  private final Transaction transaction;
  private final ErrorCollector errors = new ErrorCollector();
  private final FixtureFileLoader reading;
  private final Staging staging;
  private String undoId;

  LoadAttempt(LoadContext load, CopyWriter copies) {
    this.load = load;
    this.files = load.found().files();
    this.transaction = load.transaction();
    this.reading = new FixtureFileLoader(load.registry(), load.request(), errors, load.context());
    this.staging = new Staging(transaction, copies, errors);
  }

  /** Reads the files, and keeps others from changing what the plan will be made for. */
  abstract void bringIn() throws RunFailedException, SQLException, IOException;

  /** The plan is made. */
  abstract void beforeWriting() throws RunFailedException, SQLException, IOException;

  /**
   * Everything is written; the database has yet to be asked for what it was not asked for so far.
   */
  abstract void afterWriting() throws SQLException;

  /** What was done without being staged; names every model that has to do with it. */
  abstract Map<Model, Counts> doneWithoutStaging();

  /** As {@link Loader#load} has it. */
  final LoadReport carryOut() throws RunFailedException, SQLException, IOException {
    long began = System.nanoTime();
    bringIn();
    ExtraneousRows surplus = check();
    List<TableUpsert> merges = plan();
    beforeWriting();
    write(surplus, merges);
    List<String> notes = new ArrayList<>(load.found().notes());
    notes.addAll(files.isEmpty() ? List.of("there are no fixtures") : reading.notes());
    return LoadReport.of(
        load.request().dryRun(),
        undoId,
        reading.objectsOfFiles(),
        counts(surplus, merges),
        reading.ignored().counts(),
        notes,
        Duration.ofNanos(System.nanoTime() - began));
  }

  /** Reads all files. */
  final void readInto(ObjectSink sink) throws RunFailedException, SQLException, IOException {
    reading.read(files, sink);
    errors.throwIfAny();
  }

  final Staging staging() {
    return staging;
  }

  /**
   * Of the very content that the load changes, if it replaces any: nobody else may write to its
   * tables any more.
   */
  final void takeBackup() throws RunFailedException, SQLException, IOException {
    if (!load.replaces() || load.request().dryRun()) {
      return;
    }
    try {
      undoId = load.undo().take();
    } catch (RunFailedException e) {
      List<FixtureError> reasons = new ArrayList<>();
      reasons.add(FixtureError.of("what the load would replace could not be dumped before"));
      reasons.addAll(e.errors());
      throw new RunFailedException(reasons);
    }
  }

  /**
   * Gives every object its key and finds all that is wrong with the load as a whole.
   *
   * @return the rows that the load takes away
   */
  private ExtraneousRows check() throws RunFailedException, SQLException, IOException {
    require(ConstraintChecks.twins(staging, transaction));
    ReferencedIdentityCheck roles = ReferencedIdentityCheck.referenced(staging, files, transaction);
    List<Violation> findings =
        new ArrayList<>(
            NaturalKeyResolver.resolve(staging, load.registry(), load.replaces(), transaction));
    require(ConstraintChecks.twinsOfGivenKeys(staging, transaction));
    if (load.request().mode() == LoadMode.INSERT) {
      require(ConstraintChecks.alreadyThere(staging, transaction));
    }
    ExtraneousRows surplus =
        load.replaces()
            ? ExtraneousRows.plan(staging, transaction)
            : ExtraneousRows.none(staging, transaction);
    findings.addAll(roles.differences(load.registry(), load.replaces()));
    findings.addAll(ConstraintChecks.referencesAndUniques(staging, load.replaces(), transaction));
    if (load.replaces()) {
      surplus.referrers(load.registry().models()).forEach(errors::add);
    }
    require(findings);
    return surplus;
  }

  private List<TableUpsert> plan() throws SQLException {
    List<TableUpsert> merges =
        staging.models().stream().map(staged -> new TableUpsert(staged, transaction)).toList();
    for (TableUpsert merge : merges) {
      merge.plan();
    }
    return merges;
  }

  private void write(ExtraneousRows surplus, List<TableUpsert> merges)
      throws RunFailedException, SQLException {
    if (load.request().dryRun()) {
      for (TableUpsert merge : merges) {
        PrimaryKeyAssigner.guardSequences(merge.model(), transaction);
      }
    }
    transaction.update("SET CONSTRAINTS ALL DEFERRED");
    surplus.remove();
    for (TableUpsert merge : merges) {
      merge.write();
    }
    transaction.update("SET CONSTRAINTS ALL IMMEDIATE");
    afterWriting();
    Set<Model> written = new LinkedHashSet<>(doneWithoutStaging().keySet());
    merges.forEach(merge -> written.add(merge.model()));
    reading.content().remember(transaction);
    for (Model model : written) {
      PrimaryKeyAssigner.advanceSequence(model, transaction);
    }
  }

  private Map<String, Counts> counts(ExtraneousRows surplus, List<TableUpsert> merges) {
    Map<String, Counts> counts = new TreeMap<>();
    doneWithoutStaging().forEach((model, done) -> counts.put(model.label(), done));
    for (TableUpsert merge : merges) {
      Model model = merge.model();
      counts.merge(model.label(), merge.counts().deleting(surplus.rows(model)), Counts::plus);
    }
    return counts;
  }

  private void require(List<Violation> findings) throws RunFailedException, IOException {
    ErrorLocator.locate(findings, files).forEach(errors::add);
    errors.throwIfAny();
  }
}

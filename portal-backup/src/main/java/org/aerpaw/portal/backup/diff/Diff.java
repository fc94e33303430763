package org.aerpaw.portal.backup.diff;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.dump.snapshot.SnapshotWorkers;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.RolePrivileges;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.run.RunReport;

/** Carries out one comparison. */
final class Diff {

  private static final int PROGRESS_INTERVAL = 1000;

  private final DiffPlan plan;
  private final ModelRegistry registry;
  private final boolean showsValues;
  private final RunContext context;
  private final AtomicLong objects = new AtomicLong();
  private final Map<Model, ModelComparison> comparisons = new ConcurrentHashMap<>();

  /**
   * @param showsValues whether the report contains values, except those of secret fields
   */
  Diff(DiffPlan plan, ModelRegistry registry, boolean showsValues, RunContext context) {
    this.plan = plan;
    this.registry = registry;
    this.showsValues = showsValues;
    this.context = context;
  }

  /**
   * @throws RunFailedException if a file is damaged, or the database cannot be read
   */
  DiffReport run(DataSource database) throws RunFailedException, SQLException, IOException {
    long began = System.nanoTime();
    requireFiles();
    if (plan.to().isPresent()) {
      for (FilePair pair : plan.pairs()) {
        compare(pair);
      }
    } else {
      DataSource cancellable = context.cancellable().apply(database);
      try (Transaction snapshot = Transaction.beginSnapshot(cancellable);
          var workers = new SnapshotWorkers(snapshot, cancellable, context.executor())) {
        RunFailedException.throwIfAny(SchemaValidator.differences(plan.models(), snapshot));
        RunFailedException.throwIfAny(
            RolePrivileges.missingForDump(plan.models(), snapshot).sentences());
        workers.work(plan.pairs(), this::compare);
      }
    }
    return report(Duration.ofNanos(System.nanoTime() - began));
  }

  private void requireFiles() throws RunFailedException, IOException {
    List<FixtureError> errors = new ArrayList<>();
    for (DiffFile file : plan.files()) {
      String damage = file.damage();
      if (damage != null) {
        errors.add(new FixtureError(file.name(), null, null, null, null, null, damage));
      }
    }
    if (!errors.isEmpty()) {
      throw new RunFailedException(errors);
    }
  }

  /** Compares the models of two files. */
  private void compare(FilePair pair) throws RunFailedException, SQLException, IOException {
    try (var from = FileObjects.openForValues(pair.from(), context.executor());
        var to = FileObjects.openForValues(pair.to(), context.executor())) {
      for (Model model : pair.models()) {
        compare(model, pair, from.of(model), to.of(model));
      }
      from.finish();
      to.finish();
    }
  }

  /** Compares the models of a file with the database. */
  private void compare(FilePair pair, Transaction snapshot)
      throws RunFailedException, SQLException, IOException {
    boolean naturalForeign = pair.from().entry().naturalForeign();
    try (var from = FileObjects.openForTexts(pair.from(), context.executor())) {
      for (Model model : pair.models()) {
        try (var rows = new TableObjects(model, naturalForeign, snapshot.connection())) {
          compare(model, pair, from.of(model), rows);
        }
      }
      from.finish();
    }
  }

  private void compare(Model model, FilePair pair, FileObjects.OfModel from, SortedObjects to)
      throws RunFailedException, SQLException, IOException {
    var comparison = new ModelComparison(model, pair, registry, showsValues);
    report(model);
    comparison.compare(
        from,
        to,
        () -> {
          if (objects.incrementAndGet() % PROGRESS_INTERVAL == 0) {
            report(model);
          }
        });
    report(model);
    comparisons.put(model, comparison);
  }

  /** Objects that only the database has are not in the total. */
  private void report(Model model) {
    long total = plan.objects();
    context
        .progress()
        .accept(
            Progress.of(model.app(), model.label(), null, Math.min(objects.get(), total), total));
  }

  private DiffReport report(Duration duration) {
    List<ModelComparison> inDumpOrder =
        registry.models().stream().filter(comparisons::containsKey).map(comparisons::get).toList();
    return new DiffReport(
        plan.from().id(),
        plan.to().map(DiffSet::id).orElse(DiffRequest.DATABASE),
        inDumpOrder.stream().map(ModelComparison::counts).toList(),
        labels(plan.onlyInFrom()),
        labels(plan.onlyInTo()),
        inDumpOrder.stream()
            .flatMap(comparison -> comparison.differences().stream())
            .limit(DiffReport.MAX_DIFFERENCES)
            .toList(),
        plan.warnings(),
        RunReport.seconds(duration));
  }

  private static List<String> labels(Collection<Model> models) {
    return models.stream().map(Model::label).toList();
  }
}

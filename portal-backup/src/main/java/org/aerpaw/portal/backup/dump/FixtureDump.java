package org.aerpaw.portal.backup.dump;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureException;
import org.aerpaw.portal.backup.fixture.FixtureWriter;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.rows.KeyFilter;
import org.aerpaw.portal.backup.rows.Masking;
import org.aerpaw.portal.backup.rows.ModelRows;
import org.aerpaw.portal.backup.rows.NaturalKeyOptions;
import org.aerpaw.portal.backup.rows.TargetOrders;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Writes the rows of models as fixture files; equal rows become equal bytes. */
public final class FixtureDump {

  private static final int OBJECTS_PER_PROGRESS_REPORT = 1000;
  private static final int MAX_ERRORS = 100;

  private final Function<Model, KeyFilter> filter;
  private final Masking masking;
  private final long total;
  private final Consumer<Progress> progress;
  private final TargetOrders orders = new TargetOrders();
  private final AtomicLong objects = new AtomicLong();
  private final List<FixtureError> errors = new ArrayList<>();

  /**
   * @param total the number of objects in all files, for the progress
   */
  public FixtureDump(Masking masking, long total, Consumer<Progress> progress) {
    this(model -> KeyFilter.ALL, masking, total, progress);
  }

  /**
   * @param filter selects the rows of each model to write
   */
  FixtureDump(
      Function<Model, KeyFilter> filter, Masking masking, long total, Consumer<Progress> progress) {
    this.filter = filter;
    this.masking = masking;
    this.total = total;
    this.progress = progress;
  }

  /**
   * Writes the rows of some models to one file. Several threads may write files at the same time,
   * each with its own transaction.
   *
   * @param transaction reads the rows
   * @param writer closed at the end, without the stream that it writes to
   * @param observer receives each model with {@link ModelRows#counts}
   * @return the number of objects by label, not counting rows that could not be written
   * @throws RunFailedException if there are too many rows that cannot be written
   */
  public Map<String, Long> write(
      Transaction transaction,
      List<Model> models,
      NaturalKeyOptions keys,
      FixtureWriter writer,
      BiConsumer<Model, Map<String, Long>> observer)
      throws RunFailedException, SQLException, IOException {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Model model : models) {
      long before = writer.objects();
      write(transaction, model, keys, writer, observer);
      counts.put(model.label(), writer.objects() - before);
    }
    writer.close();
    return counts;
  }

  private void write(
      Transaction transaction,
      Model model,
      NaturalKeyOptions keys,
      FixtureWriter writer,
      BiConsumer<Model, Map<String, Long>> observer)
      throws RunFailedException, SQLException, IOException {
    try (var rows =
        new ModelRows(
            transaction.connection(), model, filter.apply(model), keys, masking, orders)) {
      report(model);
      writer.writeMany(() -> write(rows, model, writer));
      report(model);
      throwIfTooManyAreUnwritable();
      observer.accept(model, rows.counts());
    }
  }

  /** Writes all rows, or ends early if too many cannot be written. */
  private void write(ModelRows rows, Model model, FixtureWriter writer)
      throws SQLException, IOException {
    int unreported = 0;
    while (rows.next()) {
      try {
        writer.write(rows);
      } catch (FixtureException e) {
        if (!recordAndContinue(e.error())) {
          return;
        }
      }
      if (++unreported == OBJECTS_PER_PROGRESS_REPORT) {
        objects.addAndGet(unreported);
        unreported = 0;
        report(model);
      }
    }
    objects.addAndGet(unreported);
  }

  /** Returns false if there are too many errors to continue. */
  private synchronized boolean recordAndContinue(FixtureError error) {
    errors.add(error);
    return errors.size() < MAX_ERRORS;
  }

  private synchronized void throwIfTooManyAreUnwritable() throws RunFailedException {
    if (errors.size() >= MAX_ERRORS) {
      throwIfAnyIsUnwritable();
    }
  }

  /**
   * @throws RunFailedException with the rows that cannot be written as fixture objects
   */
  public synchronized void throwIfAnyIsUnwritable() throws RunFailedException {
    if (!errors.isEmpty()) {
      throw new RunFailedException(errors);
    }
  }

  private void report(Model model) {
    progress.accept(Progress.of(model.app(), model.label(), null, objects.get(), total));
  }
}

package org.aerpaw.portal.backup.dump;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.fixture.FixtureException;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.fixture.FixtureWriter;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.rows.KeyFilter;
import org.aerpaw.portal.backup.rows.ModelRows;
import org.aerpaw.portal.backup.rows.NaturalKeyOptions;
import org.aerpaw.portal.backup.rows.UnwritableRowException;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Writes the rows of models as fixture files; equal rows become equal bytes. */
public final class FixtureDump {

  private static final int OBJECTS_A_PROGRESS = 1000;

  private final KeyFilter filter;
  private final long total;
  private final Consumer<Progress> progress;
  private final AtomicLong objects = new AtomicLong();

  /**
   * @param total the number of objects in all files, for the progress
   */
  public FixtureDump(long total, Consumer<Progress> progress) {
    this(KeyFilter.ALL, total, progress);
  }

  /**
   * @param filter selects the rows to write
   */
  FixtureDump(KeyFilter filter, long total, Consumer<Progress> progress) {
    this.filter = filter;
    this.total = total;
    this.progress = progress;
  }

  /**
   * Writes the rows of some models to one file. Several threads may write files at the same time,
   * each with its own transaction.
   *
   * @param transaction reads the rows
   * @param writer closed at the end, without the stream that it writes to
   * @param observer receives each object with its model
   * @return the number of objects by label
   * @throws RunFailedException if a row cannot be written as a fixture object
   */
  public Map<String, Long> write(
      Transaction transaction,
      List<Model> models,
      NaturalKeyOptions keys,
      FixtureWriter writer,
      BiConsumer<Model, FixtureObject> observer)
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
      BiConsumer<Model, FixtureObject> observer)
      throws RunFailedException, SQLException, IOException {
    try (var rows = new ModelRows(transaction.connection(), model, filter, keys)) {
      report(model);
      for (FixtureObject object = rows.next(); object != null; object = rows.next()) {
        writer.write(object);
        observer.accept(model, object);
        if (objects.incrementAndGet() % OBJECTS_A_PROGRESS == 0) {
          report(model);
        }
      }
      report(model);
    } catch (UnwritableRowException e) {
      throw new RunFailedException(List.of(e.error()));
    } catch (FixtureException e) {
      throw new RunFailedException(List.of(e.error()));
    }
  }

  private void report(Model model) {
    progress.accept(new Progress(model.app(), model.label(), null, objects.get(), total));
  }
}

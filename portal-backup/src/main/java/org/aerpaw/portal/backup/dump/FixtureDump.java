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

/**
 * Writes rows as transactions show them: the same rows are the same bytes, whoever asks for them.
 */
public final class FixtureDump {

  private static final int OBJECTS_A_PROGRESS = 1000;

  private final KeyFilter chosen;
  private final long total;
  private final Consumer<Progress> progress;
  private final AtomicLong objects = new AtomicLong();

  /**
   * @param total how many objects all the files will have
   */
  public FixtureDump(long total, Consumer<Progress> progress) {
    this(KeyFilter.ALL, total, progress);
  }

  /**
   * @param chosen the rows that are written, of whatever model
   */
  FixtureDump(KeyFilter chosen, long total, Consumer<Progress> progress) {
    this.chosen = chosen;
    this.total = total;
    this.progress = progress;
  }

  /**
   * Writes the rows of some models as one fixture. Several files may be written at once, each by a
   * transaction of its own.
   *
   * @param transaction what sees the rows
   * @param writer is closed at the end, but not the stream that it writes to
   * @param beside is shown each object with its model
   * @return how many objects were written, by label
   * @throws RunFailedException if a fixture cannot hold a row
   */
  public Map<String, Long> write(
      Transaction transaction,
      List<Model> models,
      NaturalKeyOptions keys,
      FixtureWriter writer,
      BiConsumer<Model, FixtureObject> beside)
      throws RunFailedException, SQLException, IOException {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Model model : models) {
      long before = writer.objects();
      write(transaction, model, keys, writer, beside);
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
      BiConsumer<Model, FixtureObject> beside)
      throws RunFailedException, SQLException, IOException {
    try (var rows = new ModelRows(transaction.connection(), model, chosen, keys)) {
      report(model);
      for (FixtureObject object = rows.next(); object != null; object = rows.next()) {
        writer.write(object);
        beside.accept(model, object);
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

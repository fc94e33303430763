package org.aerpaw.portal.backup.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.fixture.FixtureWriter;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.rows.KeyFilter;
import org.aerpaw.portal.backup.rows.Masking;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Reads some rows of each model as a dump does and discards the fixtures, so that the first dump
 * after the start of a server finds its code compiled.
 */
final class WarmUp {

  /** Enough calls for the compiler of the JVM, and few rows for the database. */
  private static final int ROWS_PER_MODEL = 5_000;

  private WarmUp() {}

  static void run(ModelRegistry registry, DataSource database)
      throws RunFailedException, SQLException, IOException {
    var dump =
        new FixtureDump(model -> KeyFilter.first(ROWS_PER_MODEL), Masking.NONE, 0, progress -> {});
    var writer = new FixtureWriter(OutputStream.nullOutputStream(), DumpRequest.DEFAULT.layout());
    try (Transaction snapshot = Transaction.beginSnapshot(database)) {
      dump.write(
          snapshot,
          List.copyOf(registry.models()),
          DumpRequest.DEFAULT.naturalKeys(),
          writer,
          (model, counts) -> {});
    }
  }
}

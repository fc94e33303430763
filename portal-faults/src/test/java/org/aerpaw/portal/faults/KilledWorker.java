package org.aerpaw.portal.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aerpaw.portal.testing.TestDatabase;

/** Starts a {@link Worker} and kills it. */
final class KilledWorker {

  private KilledWorker() {}

  /** Returns when the database has noticed, too. */
  static void run(TestDatabase database, long millisBeforeDeath, Path dumpdata, Path... fixtures)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.config.file="
                    + System.getProperty("java.util.logging.config.file"),
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                String.valueOf(database.port()),
                database.name(),
                dumpdata.toString()));
    Stream.of(fixtures).map(Path::toString).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader output = process.inputReader()) {
      awaitReady(output);
      boolean ended = process.waitFor(millisBeforeDeath, TimeUnit.MILLISECONDS);
      assertThat(ended).as("the worker ended by itself").isFalse();
    } finally {
      process.destroyForcibly().waitFor();
    }
    await().until(() -> connections(database) == 0);
  }

  private static void awaitReady(BufferedReader output) throws IOException {
    var said = new ArrayList<String>();
    for (String line = output.readLine(); !Worker.READY.equals(line); line = output.readLine()) {
      assertThat(line).as("the worker does not start; it said %s", said).isNotNull();
      said.add(line);
    }
  }

  private static long connections(TestDatabase database) throws Exception {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = '"
                    + Worker.APPLICATION
                    + "'")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}

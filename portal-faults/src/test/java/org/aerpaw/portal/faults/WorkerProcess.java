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
import org.aerpaw.portal.faults.Worker.Task;
import org.aerpaw.portal.testing.TestDatabase;

/** A {@link Worker} in a JVM of its own. */
final class WorkerProcess {

  private final TestDatabase database;
  private final Process process;
  private final BufferedReader output;

  private WorkerProcess(TestDatabase database, Process process) {
    this.database = database;
    this.process = process;
    this.output = process.inputReader();
  }

  /**
   * Starts one.
   *
   * @param javaOptions beside those that all of them have
   */
  static WorkerProcess start(
      List<String> javaOptions, Task task, TestDatabase database, Path dumpdata, Path... fixtures)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(
        "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file"));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    command.addAll(
        List.of(
            task.name(), String.valueOf(database.port()), database.name(), dumpdata.toString()));
    Stream.of(fixtures).map(fixture -> fixture.toAbsolutePath().toString()).forEach(command::add);
    return new WorkerProcess(
        database, new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Waits until it has done its task. */
  void awaitEnd() throws IOException, InterruptedException {
    List<String> said = output.lines().toList();
    assertThat(process.waitFor()).as("the worker said %s", said).isZero();
  }

  /** Kills it so long after it began; returns when the database has noticed, too. */
  void killAfter(long millis) throws IOException, InterruptedException {
    try {
      awaitReady();
      boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
      assertThat(ended).as("the worker ended by itself").isFalse();
    } finally {
      process.destroyForcibly().waitFor();
    }
    await().until(() -> connections() == 0);
  }

  private void awaitReady() throws IOException {
    List<String> said = new ArrayList<>();
    for (String line = output.readLine(); !Worker.READY.equals(line); line = output.readLine()) {
      assertThat(line).as("the worker does not start; it said %s", said).isNotNull();
      said.add(line);
    }
  }

  private long connections() throws Exception {
    String sql =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = '"
            + Worker.APPLICATION
            + "'";
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}

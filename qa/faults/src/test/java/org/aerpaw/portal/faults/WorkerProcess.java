package org.aerpaw.portal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aerpaw.portal.faults.Worker.Task;
import org.aerpaw.portal.testing.TestDatabase;

/** A {@link Worker} in a JVM of its own. */
final class WorkerProcess {

  private final Process process;
  private final BufferedReader output;

  private WorkerProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /**
   * Starts one.
   *
   * @param javaOptions in addition to those that all of them have
   */
  static WorkerProcess start(
      List<String> javaOptions, Task task, TestDatabase database, Path dumpdata, Path... fixtures)
      throws IOException {
    return start(
        javaOptions,
        task,
        database,
        dumpdata,
        Stream.of(fixtures).map(fixture -> fixture.toAbsolutePath().toString()).toList());
  }

  /**
   * Starts one.
   *
   * @param words what follows the folder of dumps
   */
  static WorkerProcess start(
      List<String> javaOptions, Task task, TestDatabase database, Path dumpdata, List<String> words)
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
    command.addAll(words);
    return new WorkerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Waits until it prints a line. */
  void awaitLine(String expected) throws IOException {
    for (String line = output.readLine(); !expected.equals(line); line = output.readLine()) {
      assertThat(line).as("what the worker says before " + expected).isNotNull();
    }
  }

  /** Kills it with SIGKILL and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits until it has done its task. */
  void awaitEnd() throws IOException, InterruptedException {
    List<String> said = output.lines().toList();
    assertThat(process.waitFor()).as("the worker said %s", said).isZero();
  }
}

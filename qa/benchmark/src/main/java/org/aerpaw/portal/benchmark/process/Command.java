package org.aerpaw.portal.benchmark.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A program that is executed until it ends. */
public final class Command {

  private static final int LOG_TAIL_LINES = 20;

  private final ProcessBuilder builder;

  private Command(List<String> arguments) {
    builder = new ProcessBuilder(arguments).redirectErrorStream(true);
  }

  public static Command of(Object... arguments) {
    List<String> texts = new ArrayList<>();
    for (Object argument : arguments) {
      texts.add(argument.toString());
    }
    return new Command(texts);
  }

  public static Command of(List<String> arguments) {
    return new Command(arguments);
  }

  public Command in(Path folder) {
    builder.directory(folder.toFile());
    return this;
  }

  public Command with(Map<String, String> environment) {
    builder.environment().putAll(environment);
    return this;
  }

  /**
   * Runs it without showing its output.
   *
   * @return how long it took
   * @throws BenchmarkException if it does not end with status 0, with the last lines of its output
   */
  public Duration run() throws BenchmarkException, IOException, InterruptedException {
    long begin = System.nanoTime();
    Process process = builder.start();
    Deque<String> end = new ArrayDeque<>();
    int status;
    try (var output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        end.add(line);
        if (end.size() > LOG_TAIL_LINES) {
          end.remove();
        }
      }
      status = process.waitFor();
    } finally {
      process.destroy();
    }
    Duration duration = Duration.ofNanos(System.nanoTime() - begin);
    if (status != 0) {
      throw new BenchmarkException(
          builder.command().get(0)
              + " failed with status "
              + status
              + ":\n"
              + String.join("\n", end));
    }
    return duration;
  }

  /** The last lines of a log. */
  public static String end(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join(
        "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
  }
}

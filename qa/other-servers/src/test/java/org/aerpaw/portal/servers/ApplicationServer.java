package org.aerpaw.portal.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aerpaw.portal.contract.Surroundings;

/** A server of the tests: its files are in a folder of its own, and it listens on free ports. */
public abstract class ApplicationServer implements AutoCloseable {

  private static final int MINUTES_OF_A_COMMAND = 5;

  protected final Path folder;
  protected final int port = Surroundings.freePort();
  private final Map<String, String> environment = new HashMap<>();

  protected ApplicationServer(Path folder) {
    this.folder = folder;
  }

  /** Returns when it accepts deployments. */
  protected abstract void start() throws Exception;

  /** Deploys an archive as the root of the server; may return before it is ready. */
  protected abstract void deploy(Path archive) throws Exception;

  protected abstract void undeploy() throws Exception;

  /** Adds environment variables for all commands. */
  protected final void set(Map<String, String> variables) {
    environment.putAll(variables);
  }

  /** Starts a command, whose output goes to a file in the folder. */
  protected final Process launch(String... command) throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Executes a command, which must succeed. */
  protected final void run(String... command) throws Exception {
    Process process = launch(command);
    boolean ended = process.waitFor(MINUTES_OF_A_COMMAND, TimeUnit.MINUTES);
    assertThat(ended && process.exitValue() == 0)
        .as("%s:%n%s", String.join(" ", command), Files.readString(output()))
        .isTrue();
  }

  private Path output() {
    return folder.resolve("output");
  }

  /** The stacks of the server's threads. */
  final String stacks() throws Exception {
    Path stacks = folder.resolve("stacks");
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process().orElseThrow().pid()),
                "Thread.print")
            .redirectOutput(stacks.toFile())
            .start();
    assertThat(jcmd.waitFor()).isZero();
    return Files.readString(stacks);
  }

  /** The JVM of the server, whose command names the folder. */
  private Optional<ProcessHandle> process() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").endsWith("/java"))
        .filter(process -> process.info().commandLine().orElse("").contains(folder + "/"))
        .findFirst();
  }

  @Override
  public void close() throws Exception {
    var process = process();
    if (process.isPresent()) {
      process.get().destroy();
      process.get().onExit().get(MINUTES_OF_A_COMMAND, TimeUnit.MINUTES);
    }
  }

  /** Copies a directory with everything in it. */
  protected static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** A file of the checkout that the documentation refers to. */
  protected static Path documented(String file) {
    return Path.of(System.getProperty("portal.it.root")).resolve(file);
  }
}

package org.aerpaw.portal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A copy of a built checkout in a directory with a space in its name: the scripts, the server and
 * the fixtures.
 */
final class Checkout {

  private static final long MAX_WAIT_SECONDS = 120;

  private final Path root;

  private Checkout(Path root) {
    this.root = root;
  }

  static Checkout in(Path folder) throws IOException {
    Path sources = Path.of(System.getProperty("portal.it.root"));
    Path root = Files.createDirectories(folder.resolve("a checkout"));
    for (String script : List.of("portal", "run_server.sh", "dumpdata.sh", "loaddata.sh")) {
      Files.copy(sources.resolve(script), root.resolve(script));
    }
    Path built = Path.of(System.getProperty("portal.it.server"));
    Files.write(built.resolve("built"), new byte[0], StandardOpenOption.CREATE);
    Files.createDirectories(root.resolve("portal-cli/target"));
    Files.createSymbolicLink(root.resolve("portal-cli/target/server"), built);
    Path fixtures = Files.createDirectories(root.resolve("portal-fixtures-ejb/fixtures"));
    String roles = "aerpaw_roles.json";
    Files.copy(
        sources.resolve("portal-fixtures-ejb/fixtures").resolve(roles), fixtures.resolve(roles));
    return new Checkout(root);
  }

  Path resolve(String path) {
    return root.resolve(path);
  }

  /** What a command printed and how it ended. */
  record Outcome(int status, String out, String err) {

    String lastLine() {
      List<String> lines = err.lines().toList();
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
  }

  /** A script that was started. */
  record Started(Process process, Path out, Path err) {

    boolean hasPrinted(String text) {
      return read(out).contains(text);
    }

    boolean hasPrintedError(String text) {
      return read(err).contains(text);
    }

    Outcome end() {
      try {
        if (!process.waitFor(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException("it does not end; output:  " + read(out) + read(err));
        }
        return new Outcome(process.exitValue(), read(out), read(err));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static String read(Path file) {
      try {
        return Files.readString(file, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Runs a script from another folder and waits for its end. */
  Outcome run(String script, Map<String, String> environment, String... words) throws IOException {
    return start(script, environment, words).end();
  }

  /** Starts a script from another folder. */
  Started start(String script, Map<String, String> environment, String... words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(root.resolve(script).toString());
    command.addAll(List.of(words));
    Path out = Files.createTempFile(root, script, ".out");
    Path err = Files.createTempFile(root, script, ".err");
    var builder =
        new ProcessBuilder(command)
            .directory(root.getParent().toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("POSTGRES_") || name.startsWith("PORTAL_"));
    builder.environment().putAll(environment);
    return new Started(builder.start(), out, err);
  }
}

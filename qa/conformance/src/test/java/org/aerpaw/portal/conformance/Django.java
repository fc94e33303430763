package org.aerpaw.portal.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aerpaw.portal.testing.TestDatabase;

/**
 * The Django of the folder {@code django}, started once for all tests of this JVM, with its
 * commands on any database.
 */
final class Django {

  private static final Path PROJECT = Path.of("django");
  private static final String PYTHON = System.getProperty("django.python", "/usr/bin/python3");
  private static final String INSTALLED = "3.2";

  /** The installed version, or one that {@code django-versions.sh} has unpacked. */
  private static final String VERSION = System.getProperty("django.version", INSTALLED);

  private static final Path PACKAGES =
      Path.of(".versions", VERSION, "usr", "lib", "python3", "dist-packages");

  private static final String NEEDED =
      "these tests need Django "
          + VERSION
          + " and psycopg2; on Debian 12: apt-get install -y python3-django python3-psycopg2, and for"
          + " other versions than "
          + INSTALLED
          + " qa/conformance/django-versions.sh";

  private static final Path LOG = Path.of("target", "django-" + VERSION + ".log");

  /** The models of the portal, which is what most tests need. */
  private static final String SETTINGS = "settings";

  /** The processes by their settings. */
  private static final Map<String, Django> RUNNING = new HashMap<>();

  private final BufferedWriter questions;
  private final BufferedReader answers;

  private Django(Process process) {
    questions = process.outputWriter(UTF_8);
    answers = process.inputReader(UTF_8);
  }

  /** What {@code dumpdata} with these words writes to a file. */
  static String dumpdata(TestDatabase database, List<String> words) {
    try {
      Path file = Files.createTempFile("django", ".json");
      try {
        var command = new ArrayList<>(List.of("dumpdata", "--output", file.toString()));
        command.addAll(words);
        run(database, command);
        return Files.readString(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code loaddata} of these files, as one command. */
  static void loaddata(TestDatabase database, List<Path> files) {
    var paths = files.stream().map(file -> file.toAbsolutePath().toString());
    run(database, Stream.concat(Stream.of("loaddata"), paths).toList());
  }

  /**
   * Runs any command and returns what it printed.
   *
   * @throws DjangoException if Django refuses or fails
   */
  static String run(TestDatabase database, List<String> command) {
    return run(SETTINGS, database, command);
  }

  /**
   * @param settings the module of the Django project with its settings
   */
  static synchronized String run(String settings, TestDatabase database, List<String> command) {
    Django running = RUNNING.computeIfAbsent(settings, module -> start(module, database));
    var question =
        Json.createObjectBuilder()
            .add("database", database.name())
            .add("command", Json.createArrayBuilder(command))
            .build();
    JsonObject answer = running.ask(question);
    if (answer.containsKey("error")) {
      throw new DjangoException(answer.getString("error"));
    }
    return answer.getString("output");
  }

  /** Whether the version is this one or newer. */
  static boolean isAtLeast(double version) {
    return Double.parseDouble(VERSION) >= version;
  }

  private static Django start(String settings, TestDatabase server) {
    var builder = new ProcessBuilder(PYTHON, "conversation.py").directory(PROJECT.toFile());
    builder.environment().put("DJANGO_SETTINGS_MODULE", settings);
    builder.environment().put("POSTGRES_PORT", String.valueOf(server.port()));
    builder.environment().put("POSTGRES_USER", server.user());
    builder.environment().put("PYTHONUTF8", "1");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    if (!VERSION.equals(INSTALLED)) {
      builder.environment().put("PYTHONPATH", PACKAGES.toAbsolutePath().toString());
    }
    builder.redirectError(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
    try {
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      var django = new Django(process);
      String version = django.answer().getString("output");
      if (!version.startsWith(VERSION + ".")) {
        throw new IllegalStateException(NEEDED + "; " + PYTHON + " has Django " + version);
      }
      return django;
    } catch (IOException e) {
      throw new IllegalStateException(NEEDED + "; " + PYTHON + " could not start it: " + LOG, e);
    }
  }

  private JsonObject ask(JsonObject question) {
    try {
      questions.write(question.toString());
      questions.newLine();
      questions.flush();
      return answer();
    } catch (IOException e) {
      throw new UncheckedIOException("Django has ended, see " + LOG, e);
    }
  }

  private JsonObject answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("no answer");
    }
    try (var reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }
}

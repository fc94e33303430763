package org.aerpaw.portal.benchmark.django;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.benchmark.portal.Checkout;
import org.aerpaw.portal.benchmark.postgres.Database;
import org.aerpaw.portal.benchmark.process.BenchmarkException;
import org.aerpaw.portal.benchmark.process.Command;

/** The Django project of the conformance tests, with its commands as one gives them in a shell. */
public final class DjangoProject {

  private static final String PYTHON = System.getProperty("django.python", "/usr/bin/python3");
  private static final String NEEDED =
      "import django, psycopg2; assert django.VERSION[:2] == (3, 2)";

  private final Path folder;

  public DjangoProject(Checkout checkout) {
    folder = checkout.django();
  }

  public void requireInstalled() throws BenchmarkException, IOException, InterruptedException {
    try {
      Command.of(PYTHON, "-c", NEEDED).run();
    } catch (BenchmarkException | IOException e) {
      throw new BenchmarkException(
          "There is no Django 3.2 with psycopg2; Debian 12's apt-get install -y"
              + " python3-django python3-psycopg2 brings them: "
              + e.getMessage(),
          e);
    }
  }

  /** Writes these apps to one file. */
  public Duration dumpdata(Database database, List<String> apps, Path file)
      throws BenchmarkException, IOException, InterruptedException {
    List<Object> arguments = new ArrayList<>(List.of("dumpdata", "--indent", 2, "--output", file));
    arguments.addAll(apps);
    return manage(database, arguments);
  }

  public Duration loaddata(Database database, Path file)
      throws BenchmarkException, IOException, InterruptedException {
    return manage(database, List.of("loaddata", file));
  }

  private Duration manage(Database database, List<Object> arguments)
      throws BenchmarkException, IOException, InterruptedException {
    List<Object> command = new ArrayList<>(List.of(PYTHON, "manage.py"));
    command.addAll(arguments);
    return Command.of(command.toArray())
        .in(folder)
        .with(database.server().portalSettings(database.name()))
        .with(Map.of("PYTHONUTF8", "1", "PYTHONDONTWRITEBYTECODE", "1"))
        .run();
  }
}

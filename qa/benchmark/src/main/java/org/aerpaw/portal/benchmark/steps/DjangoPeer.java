package org.aerpaw.portal.benchmark.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.aerpaw.portal.benchmark.django.DjangoProject;
import org.aerpaw.portal.benchmark.measurement.Series;
import org.aerpaw.portal.benchmark.options.Measure;
import org.aerpaw.portal.benchmark.portal.PortalServer;
import org.aerpaw.portal.benchmark.process.BenchmarkException;

/** Measures dumps and loads of the same tables by Django. */
public final class DjangoPeer {

  private final Context bench;
  private final SourceDatabase source;
  private final DjangoProject django;

  public DjangoPeer(Context bench, SourceDatabase source) {
    this.bench = bench;
    this.source = source;
    django = new DjangoProject(bench.options().checkout());
  }

  /** Whether Django is measured at this size. */
  public boolean isRequested() {
    return bench.options().measures().contains(Measure.DJANGO)
        && source.objects() <= bench.options().djangoUpTo();
  }

  void addDumpTo(Plan plan, String which) {
    plan.addTimed(source.title() + "Django's dumpdata" + which, this::dump);
  }

  /** Adds a load of the file that Django dumped last. */
  void addLoadTo(Plan plan, String which) {
    plan.addTimed(source.title() + "Django's loaddata" + which, this::load);
  }

  private Duration dump()
      throws BenchmarkException, IOException, InterruptedException, SQLException {
    source.database().checkpoint();
    Duration duration = django.dumpdata(source.database(), apps(), file());
    bench.measurements().add(Series.DJANGO_DUMP, source.objects(), duration);
    return duration;
  }

  private Duration load()
      throws BenchmarkException, IOException, InterruptedException, SQLException {
    bench.target().createLike(bench.empty());
    Duration duration = django.loaddata(bench.target(), file());
    source.requireSameRows(bench.target());
    bench.measurements().add(Series.DJANGO_LOAD, source.objects(), duration);
    return duration;
  }

  private Path file() {
    return bench.folder().resolve("django.json");
  }

  /** The apps of the portal: those for which a set has files. */
  private List<String> apps() throws IOException {
    try (Stream<Path> files =
        Files.list(PortalServer.dumpdata(bench.portalFolder()).resolve(source.set()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> !file.equals("manifest.json"))
          .map(file -> file.replace(".json", ""))
          .sorted()
          .toList();
    }
  }
}

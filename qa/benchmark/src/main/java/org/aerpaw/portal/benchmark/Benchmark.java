package org.aerpaw.portal.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.aerpaw.portal.benchmark.django.DjangoProject;
import org.aerpaw.portal.benchmark.docs.Docs;
import org.aerpaw.portal.benchmark.docs.Machine;
import org.aerpaw.portal.benchmark.measurement.Measurements;
import org.aerpaw.portal.benchmark.options.Measure;
import org.aerpaw.portal.benchmark.options.Options;
import org.aerpaw.portal.benchmark.portal.PortalServer;
import org.aerpaw.portal.benchmark.postgres.PostgresServer;
import org.aerpaw.portal.benchmark.postgres.TemporaryCluster;
import org.aerpaw.portal.benchmark.process.BenchmarkException;
import org.aerpaw.portal.benchmark.process.CleanupStack;
import org.aerpaw.portal.benchmark.process.Directories;
import org.aerpaw.portal.benchmark.profile.ProfileSteps;
import org.aerpaw.portal.benchmark.report.Report;
import org.aerpaw.portal.benchmark.report.ReportText;
import org.aerpaw.portal.benchmark.steps.Context;
import org.aerpaw.portal.benchmark.steps.DjangoPeer;
import org.aerpaw.portal.benchmark.steps.DumpSteps;
import org.aerpaw.portal.benchmark.steps.LoadSteps;
import org.aerpaw.portal.benchmark.steps.Plan;
import org.aerpaw.portal.benchmark.steps.SourceDatabase;

/** Measures dumps and loads. Called by {@code benchmark.sh}. */
public final class Benchmark {

  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int TARGET_MISSED = 4;

  private Benchmark() {}

  public static void main(String[] arguments) {
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(WRONG_USAGE);
      return;
    }
    if (options.help()) {
      System.out.print(Options.usage());
      return;
    }
    int status = FAILED;
    var stopping = CleanupStack.atEnd();
    try {
      status = run(options, command(arguments), stopping) ? 0 : TARGET_MISSED;
    } catch (Exception e) {
      // Failures during the shutdown are its consequences.
      if (!stopping.isClosed()) {
        System.err.println(e instanceof BenchmarkException ? e.getMessage() : e.toString());
      }
    }
    stopping.close();
    System.exit(status);
  }

  private static String command(String[] arguments) {
    return String.join(
        " ", Stream.concat(Stream.of("./benchmark.sh"), Stream.of(arguments)).toList());
  }

  /** Whether all targets that were measured are met. */
  private static boolean run(Options options, String command, CleanupStack stopping)
      throws Exception {
    Path folder = folder(options);
    stopping.add(() -> Directories.delete(folder));
    PostgresServer postgres = postgres(options, folder, stopping);
    var measurements = new Measurements();
    var bench = new Context(options, postgres, folder, stopping, measurements);
    plan(bench).run(System.err);
    if (options.profile()) {
      return true;
    }
    var report = new Report(measurements);
    System.out.println();
    System.out.print(new ReportText(report).text());
    if (options.docs().isPresent()) {
      Docs.write(options.docs().get(), options, command, Machine.of(postgres, folder), report);
    }
    return report.allTargetsMet();
  }

  private static Path folder(Options options) throws IOException {
    return options.folder().isPresent()
        ? Files.createTempDirectory(
            Files.createDirectories(options.folder().get()), "portal-benchmark")
        : Files.createTempDirectory("portal-benchmark");
  }

  private static PostgresServer postgres(Options options, Path folder, CleanupStack stopping)
      throws BenchmarkException, IOException, InterruptedException {
    if (options.host().isPresent()) {
      return new PostgresServer(
          options.postgres(),
          options.host().get(),
          options.port(),
          options.user(),
          System.getenv().getOrDefault("PGPASSWORD", ""));
    }
    return TemporaryCluster.start(
        options.postgres(), folder.resolve("postgresql"), options.profile(), stopping);
  }

  private static Plan plan(Context bench) {
    var plan = new Plan();
    plan.add(
        "create the portal's tables",
        () -> {
          bench.empty().create();
          PortalServer portal = bench.startPortal(bench.empty());
          portal.stop();
        });
    if (bench.options().measures().contains(Measure.DJANGO) && !bench.options().profile()) {
      plan.add(
          "check that Django is installed",
          () -> new DjangoProject(bench.options().checkout()).requireInstalled());
    }
    for (int objects : bench.options().sizes()) {
      var source = new SourceDatabase(bench, objects);
      plan.weigh(objects);
      plan.add(source.title() + "fill", source::fill);
      if (bench.options().profile()) {
        new ProfileSteps(bench, source).addTo(plan);
      } else {
        addTo(plan, bench, source);
      }
    }
    plan.add(
        "remove the databases",
        () -> {
          bench.source().drop();
          bench.target().drop();
          bench.empty().drop();
        });
    return plan;
  }

  private static void addTo(Plan plan, Context bench, SourceDatabase source) {
    Set<Measure> measures = bench.options().measures();
    var dumps = new DumpSteps(bench, source);
    if (measures.contains(Measure.FIRST_DUMP)) {
      dumps.addFirstTo(plan);
    }
    boolean django = new DjangoPeer(bench, source).isRequested();
    if (measures.contains(Measure.DUMP) || measures.contains(Measure.DIFF) || django) {
      dumps.addWarmTo(plan);
    }
    if (measures.contains(Measure.LOAD) || django) {
      new LoadSteps(bench, source).addTo(plan);
    }
  }
}

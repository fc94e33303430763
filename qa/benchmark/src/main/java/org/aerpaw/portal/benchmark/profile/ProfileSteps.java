package org.aerpaw.portal.benchmark.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.aerpaw.portal.benchmark.portal.PortalRun;
import org.aerpaw.portal.benchmark.portal.PortalServer;
import org.aerpaw.portal.benchmark.postgres.Database;
import org.aerpaw.portal.benchmark.steps.Context;
import org.aerpaw.portal.benchmark.steps.DumpSteps;
import org.aerpaw.portal.benchmark.steps.LoadSteps;
import org.aerpaw.portal.benchmark.steps.Plan;
import org.aerpaw.portal.benchmark.steps.SourceDatabase;
import org.aerpaw.portal.benchmark.steps.WarmUp;
import org.aerpaw.portal.benchmark.text.Formats;

/** Profiles a warm dump, a load, and a load of unchanged data, one run each. */
public final class ProfileSteps {

  /** Executes one run. */
  @FunctionalInterface
  private interface Run {
    PortalRun take() throws Exception;
  }

  private final Context bench;
  private final SourceDatabase source;
  private final Statements statements;
  private PortalServer portal;

  public ProfileSteps(Context bench, SourceDatabase source) {
    this.bench = bench;
    this.source = source;
    statements = new Statements(bench.postgres());
  }

  public void addTo(Plan plan) {
    plan.add(
        source.title() + "start the server, dump to warm up",
        () -> {
          start(source.database());
          WarmUp.repeat(DumpSteps.MIN_WARM_UP_RUNS, () -> source.dump(portal));
        });
    plan.add(
        source.title() + "dump",
        () -> profile("dump", source.database(), () -> source.dump(portal)));
    plan.add(
        source.title() + "start the server, load to warm up",
        () -> {
          portal.stop();
          bench.target().createLike(bench.empty());
          start(bench.target());
          portal.copySetIntoFixtures();
          WarmUp.repeat(
              1,
              () -> {
                bench.target().createLike(bench.empty());
                portal.load(LoadSteps.MERGE);
                portal.load(LoadSteps.MERGE);
              });
        });
    plan.add(
        source.title() + "load",
        () -> {
          bench.target().createLike(bench.empty());
          profileLoad("load");
        });
    plan.add(
        source.title() + "load of unchanged data",
        () -> {
          bench.target().execute("VACUUM (ANALYZE)");
          bench.target().checkpoint();
          profileLoad("load of unchanged data");
          portal.stop();
        });
  }

  private void start(Database database) throws Exception {
    portal = bench.startPortal(database);
    // The first recording makes the JVM compile everything again.
    Recording.of(portal, recordingFile()).close();
  }

  private Path recordingFile() {
    return bench.folder().resolve("benchmark.jfr");
  }

  private void profileLoad(String what) throws Exception {
    profile(what, bench.target(), () -> portal.load(LoadSteps.MERGE));
  }

  private void profile(String what, Database database, Run run) throws Exception {
    database.awaitNoRun();
    var recording = Recording.of(portal, recordingFile());
    PortalRun done;
    try (recording) {
      statements.reset();
      done = run.take();
    }
    print(what, database, recording, done);
  }

  private void print(String what, Database database, Recording recording, PortalRun run)
      throws IOException, SQLException {
    System.out.println(
        "\n\n"
            + source.title()
            + what
            + ", "
            + Formats.seconds(run.observed().toNanos() / 1e9)
            + "\n");
    System.out.println(statements.slowest(database));
    System.out.println(recording.topMethods());
  }
}

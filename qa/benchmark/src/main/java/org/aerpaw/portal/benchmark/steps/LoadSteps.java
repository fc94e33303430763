package org.aerpaw.portal.benchmark.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.aerpaw.portal.benchmark.measurement.Series;
import org.aerpaw.portal.benchmark.portal.PortalRun;
import org.aerpaw.portal.benchmark.portal.PortalServer;
import org.aerpaw.portal.benchmark.postgres.Database;
import org.aerpaw.portal.benchmark.process.BenchmarkException;

/**
 * Measures loads into empty tables, alternating with {@code psql} and Django, and loads of data
 * that is unchanged or of which 1 % has changed.
 */
public final class LoadSteps {

  public static final String MERGE = "merge";

  /** Changes every hundredth row of each table that has a time. */
  private static final String CHANGE =
      """
      DO $$
      DECLARE changed record;
      BEGIN
        FOR changed IN
          SELECT table_name, min(column_name) AS moment FROM information_schema.columns
          WHERE table_schema = 'public' AND data_type = 'timestamp with time zone'
            AND table_name IN (SELECT table_name FROM information_schema.columns
              WHERE table_schema = 'public' AND column_name = 'id' AND data_type IN ('integer', 'bigint'))
          GROUP BY table_name
        LOOP
          EXECUTE format('UPDATE %1$I SET %2$I = %2$I + interval ''1 second'' WHERE id %% 100 = 0'
            ' AND %2$I IS NOT NULL', changed.table_name, changed.moment);
        END LOOP;
      END $$
      """;

  private final Context bench;
  private final SourceDatabase source;
  private final DjangoPeer django;
  private PortalServer portal;

  public LoadSteps(Context bench, SourceDatabase source) {
    this.bench = bench;
    this.source = source;
    django = new DjangoPeer(bench, source);
  }

  public void addTo(Plan plan) {
    plan.add(source.title() + "make the files to load", source::dumpIfNotYet);
    plan.add(
        source.title() + "start the server, load to warm up",
        () -> {
          bench.target().createLike(bench.empty());
          portal = bench.startPortal(bench.target());
          portal.copySetIntoFixtures();
          WarmUp.repeat(
              1,
              () -> {
                bench.target().createLike(bench.empty());
                load(MERGE);
                load(MERGE);
              });
        });
    for (int run = 1; run <= bench.options().runs(); run++) {
      String which = " " + run + " of " + bench.options().runs();
      plan.addTimed(source.title() + "load" + which, () -> loadEmpty().observed());
      if (run == 1) {
        plan.add(source.title() + "dump what was loaded and compare", this::compare);
      }
      plan.addTimed(source.title() + "load of unchanged data" + which, () -> reload().observed());
      plan.addTimed(
          source.title() + "load of 1 % changed data" + which,
          () -> loadChanged(MERGE, Series.MERGE).observed());
      plan.addTimed(
          source.title() + "replacing load of 1 % changed data" + which,
          () -> loadChanged("replace", Series.REPLACE).observed());
      plan.addTimed(source.title() + "psql" + which, this::psql);
      plan.addTimed(source.title() + "psql of a full dump" + which, this::fullRestore);
      if (django.isRequested()) {
        django.addLoadTo(plan, which);
      }
    }
    plan.add(
        source.title() + "stop the server",
        () -> {
          bench.measurements().addMemory(Series.LOAD, source.objects(), portal.peakMemory());
          portal.stop();
        });
  }

  private PortalRun load(String mode)
      throws BenchmarkException, IOException, InterruptedException, SQLException {
    bench.target().awaitNoRun();
    PortalRun run = portal.load(mode);
    source.requireSameRows(bench.target());
    return run;
  }

  private void add(Series series, PortalRun run) {
    bench.measurements().add(series, source.objects(), run.observed(), run.reported());
    Duration command = run.observed().minus(run.reported());
    bench.measurements().add(Series.COMMAND, source.objects(), command);
  }

  private PortalRun loadEmpty()
      throws BenchmarkException, IOException, InterruptedException, SQLException {
    bench.target().createLike(bench.empty());
    PortalRun run = load(MERGE);
    if (run.count("created") != source.objects()) {
      throw new BenchmarkException(
          "the load created " + run.count("created") + " objects instead of " + source.objects());
    }
    add(Series.LOAD, run);
    return run;
  }

  /** Dumps what was loaded, and checks that the bytes are the same. */
  private void compare() throws BenchmarkException, IOException, InterruptedException {
    String again = portal.client().dump().set();
    List<Path> files = source.files(portal);
    for (Path file : files) {
      Path other = portal.set(again).resolve(file.getFileName());
      if (Files.mismatch(file, other) >= 0) {
        throw new BenchmarkException(
            file.getFileName() + " is not the same after it was loaded and dumped again");
      }
    }
    portal.keepOnly(source.set());
  }

  private PortalRun reload()
      throws BenchmarkException, IOException, InterruptedException, SQLException {
    Database target = bench.target();
    // As autovacuum does within the minute.
    target.execute("VACUUM (ANALYZE)");
    target.checkpoint();
    long before = target.nextTransaction();
    PortalRun run = load(MERGE);
    long written = target.rowsWrittenSince(before);
    if (written > 0 || run.count("unchanged") < source.objects()) {
      throw new BenchmarkException("the load of unchanged data wrote " + written + " rows");
    }
    add(Series.RELOAD, run);
    return run;
  }

  private PortalRun loadChanged(String mode, Series series)
      throws BenchmarkException, IOException, InterruptedException, SQLException {
    Database target = bench.target();
    target.execute(CHANGE);
    target.execute("VACUUM (ANALYZE)");
    target.checkpoint();
    PortalRun run = load(mode);
    long percent = Math.round(100.0 * run.count("updated") / source.objects());
    if (percent != 1) {
      throw new BenchmarkException(
          "the load updated " + percent + " % of the objects instead of 1 %");
    }
    add(series, run);
    portal.keepOnly(source.set());
    return run;
  }

  /** Creates the tables, fills them and creates their indexes and constraints. */
  private Duration fullRestore()
      throws BenchmarkException, IOException, InterruptedException, SQLException {
    Database target = bench.target();
    target.createEmpty();
    var duration = target.psql(source.fullDumpFile());
    source.requireSameRows(target);
    bench.measurements().add(Series.FULL_RESTORE, source.objects(), duration);
    return duration;
  }

  private Duration psql()
      throws BenchmarkException, IOException, InterruptedException, SQLException {
    Database target = bench.target();
    target.createLike(bench.empty());
    // The file also contains the rows that the portal creates at its first start.
    target.execute("TRUNCATE auth_group, auth_permission, django_content_type CASCADE");
    target.checkpoint();
    var duration = target.psql(source.pgDumpFile());
    source.requireSameRows(target);
    bench.measurements().add(Series.PSQL, source.objects(), duration);
    return duration;
  }
}

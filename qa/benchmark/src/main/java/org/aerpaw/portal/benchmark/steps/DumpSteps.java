package org.aerpaw.portal.benchmark.steps;

import org.aerpaw.portal.benchmark.measurement.Series;
import org.aerpaw.portal.benchmark.options.Measure;
import org.aerpaw.portal.benchmark.portal.PortalRun;
import org.aerpaw.portal.benchmark.portal.PortalServer;

/** Measures dumps, alternating with {@code pg_dump}, Django and diffs of what was dumped. */
public final class DumpSteps {

  public static final int MIN_WARM_UP_RUNS = 2;

  private final Context bench;
  private final SourceDatabase source;
  private final DjangoPeer django;
  private PortalServer portal;

  public DumpSteps(Context bench, SourceDatabase source) {
    this.bench = bench;
    this.source = source;
    django = new DjangoPeer(bench, source);
  }

  /** Adds dumps that are each the first of a server. */
  public void addFirstTo(Plan plan) {
    for (int run = 1; run <= bench.options().runs(); run++) {
      String which = " " + run + " of " + bench.options().runs();
      plan.addTimed(
          source.title() + "start the server, first dump" + which,
          () -> {
            portal = bench.startPortal(source.database());
            PortalRun dump = source.dump(portal);
            portal.stop();
            add(Series.FIRST_DUMP, dump);
            return dump.observed();
          });
      addPgDumpTo(plan, which, Series.PG_DUMP_WITH_FIRST_DUMP);
    }
  }

  /** Adds dumps of one server that has dumped before. */
  public void addWarmTo(Plan plan) {
    plan.add(
        source.title() + "start the server, dump to warm up",
        () -> {
          portal = bench.startPortal(source.database());
          WarmUp.repeat(MIN_WARM_UP_RUNS, () -> source.dump(portal));
          if (isDiffRequested()) {
            WarmUp.repeat(MIN_WARM_UP_RUNS, () -> source.diff(portal));
          }
        });
    for (int run = 1; run <= bench.options().runs(); run++) {
      String which = " " + run + " of " + bench.options().runs();
      plan.addTimed(
          source.title() + "dump" + which,
          () -> {
            PortalRun dump = source.dump(portal);
            add(Series.DUMP, dump);
            return dump.observed();
          });
      addPgDumpTo(plan, which, Series.PG_DUMP);
      if (isDiffRequested()) {
        addDiffTo(plan, which);
      }
      if (django.isRequested()) {
        django.addDumpTo(plan, which);
      }
    }
    plan.add(
        source.title() + "stop the server",
        () -> {
          bench.measurements().addMemory(Series.DUMP, source.objects(), portal.peakMemory());
          portal.stop();
        });
  }

  private boolean isDiffRequested() {
    return bench.options().measures().contains(Measure.DIFF);
  }

  private void addDiffTo(Plan plan, String which) {
    plan.addTimed(
        source.title() + "diff of the set and the database" + which,
        () -> {
          PortalRun diff = source.diff(portal);
          add(Series.DIFF, diff);
          return diff.observed();
        });
  }

  private void add(Series series, PortalRun run) {
    bench.measurements().add(series, source.objects(), run.observed(), run.reported());
  }

  private void addPgDumpTo(Plan plan, String which, Series series) {
    plan.addTimed(
        source.title() + "pg_dump" + which,
        () -> {
          var duration = source.pgDump();
          bench.measurements().add(series, source.objects(), duration);
          return duration;
        });
  }
}

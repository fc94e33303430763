package org.aerpaw.portal.benchmark.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aerpaw.portal.benchmark.measurement.Measurements;
import org.aerpaw.portal.benchmark.measurement.Series;
import org.aerpaw.portal.benchmark.options.Options;
import org.aerpaw.portal.benchmark.postgres.TemporaryCluster;
import org.aerpaw.portal.benchmark.report.Report;
import org.aerpaw.portal.benchmark.report.ReportText;
import org.aerpaw.portal.benchmark.steps.WarmUp;

/** Writes docs/benchmark.md and its plot. */
public final class Docs {

  private static final String PAGE =
      """
      # How fast dumps and loads are

      Measured on %s by `%s`, which writes this page.

      ![Time of a dump and of a load against the number of objects](benchmark.svg)

      %s
      Times are medians of %d, with the shortest and the longest in brackets. "Time" is from the request, or the start
      of the command, to the end of the run; where a dump is compared with `pg_dump`, it is the duration that the run
      reports. "Time of the run" is always that duration. The ratio divides "time" by "its time", unless it says how
      many times as fast.

      ## The machine

      | | |
      |---|---|
      | processors | %s |
      | memory | %s |
      | disk | %s |
      | system | %s |
      | PostgreSQL | %s |
      | Java | %s, `%s` for the portal's server |

      ## How it is measured

      - PostgreSQL has %s.
        It is filled with objects of every model, with lists, nulls and text of the usual lengths (`fill.sql`), and
        vacuumed and analyzed once.
      - The server is the one that `run_server.sh` starts. Before it is measured, except for the first dump, it is
        warmed up: with at least two dumps, or a load and a load of unchanged data, and for at least %d seconds.
      - The portal and the programs compared with take turns. A checkpoint precedes every step, so that none is slowed
        down by what another one left to be written.
      - A dump is of all twelve apps, with exact timestamps and an indent of 2, and is on the disk when it is done.
        It is requested over HTTP, and its time is that of the run's report, except in the comparison with a diff and
        with Django. `pg_dump` is `pg_dump --data-only -Fp -n public`, followed by `sync` of its file.
      - A diff compares the set that was dumped last with the database, which has not changed.
      - A load copies the files of a set to the directory of the portal's own fixtures, and then executes
        `./portal load`, which loads all of them, in mode merge unless stated otherwise. Its time is that of the
        command.
      - Before each load, the database is dropped and created with the portal's tables, so that there are no rows and
        no statistics. `psql` is `psql -1 -q -v ON_ERROR_STOP=1 -f` of what `pg_dump` wrote, after the rows that the
        portal makes at its first start (groups, permissions, content types) were truncated.
      - `psql of a full dump` executes, in the same way, what `pg_dump -Fp --exclude-schema=fixtures` wrote, in a
        database without tables. It creates indexes, keys and foreign keys after the rows.
      - The load of unchanged data runs after `VACUUM (ANALYZE)`, which autovacuum would otherwise do within a minute.
      - Where 1 %% of the rows changed, a timestamp was moved by one second in every hundredth row of each table with
        timestamps.
      - Django is 3.2 with the models of `qa/conformance/django` on the same tables:
        `manage.py dumpdata --indent 2 --output` of the same apps, and `manage.py loaddata` of the file.
      - Each dump is checked for the right number of objects, and each load for the right number of rows in every
        table. The first load of each size is dumped again and compared byte for byte. A load of unchanged data must
        not write any row.
      """;

  private Docs() {}

  public static void write(
      Path folder, Options options, String command, Machine machine, Report report)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("benchmark.md"),
        String.format(
            Locale.ROOT,
            PAGE,
            LocalDate.now(ZoneOffset.UTC),
            command,
            new ReportText(report).text(),
            options.runs(),
            machine.processor(),
            machine.memory(),
            machine.disk(),
            machine.system(),
            machine.postgres(),
            machine.java(),
            options.javaOptions(),
            settings(options),
            WarmUp.TIME.toSeconds()));
    Files.writeString(folder.resolve("benchmark.svg"), plot(report.measurements()));
  }

  private static String settings(Options options) {
    return options.host().isPresent()
        ? "the settings of whoever runs it"
        : "its default settings, including `fsync`, except `max_wal_size="
            + TemporaryCluster.MAX_WAL_SIZE
            + "`; all programs use the same server";
  }

  private static String plot(Measurements measurements) {
    return Plot.svg(
        List.of(
            new Plot.Panel(
                "Dump",
                List.of(
                    line(measurements, "portal", "portal", Series.DUMP),
                    line(measurements, "pg_dump", "postgres", Series.PG_DUMP),
                    line(measurements, "Django", "django", Series.DJANGO_DUMP))),
            new Plot.Panel(
                "Load",
                List.of(
                    line(measurements, "portal", "portal", Series.LOAD),
                    line(measurements, "portal again", "again", Series.RELOAD),
                    line(measurements, "psql", "postgres", Series.PSQL),
                    line(measurements, "psql, full", "full", Series.FULL_RESTORE),
                    line(measurements, "Django", "django", Series.DJANGO_LOAD)))));
  }

  private static Line line(Measurements measurements, String label, String style, Series series) {
    SortedMap<Integer, Double> seconds = new TreeMap<>();
    measurements.observed(series).forEach((size, samples) -> seconds.put(size, samples.median()));
    return new Line(label, style, seconds);
  }
}

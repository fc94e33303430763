package org.aerpaw.portal.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The results of the measurements, compared with the targets. */
final class Report {

  /**
   * Promises beside PostgreSQL's own programs are for sizes from here on: below, what every run
   * does once is most of its time.
   */
  static final int LARGE = 500_000;

  /** And those beside Django, for which the large ones take too long, from here on. */
  static final int MIDDLE = 25_000;

  private final Measurements measurements;

  Report(Measurements measurements) {
    this.measurements = measurements;
  }

  List<Result> figures() {
    List<Result> figures = new ArrayList<>();
    addByReport(figures, Series.DUMP, Series.PG_DUMP, Target.atMost(0.8), LARGE);
    addByReport(figures, Series.FIRST_DUMP, Series.PG_DUMP_BESIDE_FIRST, Target.atMost(2), LARGE);
    add(figures, Series.DIFF, Series.DUMP, Target.atMost(1.5), LARGE);
    add(figures, Series.LOAD, Series.PSQL, Target.atMost(0.8), LARGE);
    add(figures, Series.LOAD, Series.FULL_RESTORE, Target.atMost(1.25), LARGE);
    add(figures, Series.RELOAD, Series.FULL_RESTORE, Target.atMost(0.7), LARGE);
    add(figures, Series.MERGE, Series.RELOAD, Target.atMost(1.5), LARGE);
    add(figures, Series.REPLACE, Series.RELOAD, Target.atMost(2.5), LARGE);
    add(figures, Series.DUMP, Series.DJANGO_DUMP, Target.asFast(50), MIDDLE);
    add(figures, Series.LOAD, Series.DJANGO_LOAD, Target.asFast(40), MIDDLE);
    return figures;
  }

  /** From the smallest of the large sizes to the largest. */
  List<ScalingRatio> growths() {
    List<ScalingRatio> growths = new ArrayList<>();
    for (Series series : List.of(Series.DUMP, Series.LOAD, Series.RELOAD)) {
      NavigableMap<Integer, Samples> large =
          new TreeMap<>(measurements.observed(series)).tailMap(LARGE, true);
      if (large.size() > 1) {
        growths.add(
            new ScalingRatio(
                series.text(),
                large.firstKey(),
                large.firstEntry().getValue().median(),
                large.lastKey(),
                large.lastEntry().getValue().median()));
      }
    }
    return growths;
  }

  List<CommandOverhead> overheads() {
    return measurements.observed(Series.COMMAND).entrySet().stream()
        .map(size -> new CommandOverhead(size.getKey(), size.getValue()))
        .toList();
  }

  Measurements measurements() {
    return measurements;
  }

  /** Whether every promise that could be measured is kept. */
  boolean isKept() {
    return figures().stream().noneMatch(Result::isMissed)
        && growths().stream().noneMatch(ScalingRatio::isMissed)
        && overheads().stream().noneMatch(CommandOverhead::isMissed);
  }

  private void add(List<Result> figures, Series ours, Series peer, Target target, int from) {
    add(figures, ours, measurements.observed(ours), peer, target, from);
  }

  /** Compares what our runs report of themselves, without the client and the start of the run. */
  private void addByReport(
      List<Result> figures, Series ours, Series peer, Target target, int from) {
    add(figures, ours, measurements.reported(ours), peer, target, from);
  }

  private void add(
      List<Result> figures,
      Series ours,
      Map<Integer, Samples> samples,
      Series peer,
      Target target,
      int from) {
    samples.forEach(
        (objects, sample) ->
            measurements
                .observed(peer, objects)
                .ifPresent(
                    theirs ->
                        figures.add(
                            new Result(
                                ours.text(),
                                objects,
                                sample,
                                measurements.reported(ours, objects).map(Samples::median),
                                peer.text(),
                                theirs,
                                target,
                                objects >= from))));
  }
}

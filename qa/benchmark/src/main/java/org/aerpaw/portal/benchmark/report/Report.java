package org.aerpaw.portal.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.aerpaw.portal.benchmark.measurement.Measurements;
import org.aerpaw.portal.benchmark.measurement.Samples;
import org.aerpaw.portal.benchmark.measurement.Series;

/** The results of the measurements, compared with the targets. */
public final class Report {

  /** Targets against PostgreSQL's tools apply from this size on; below it, fixed costs dominate. */
  static final int LARGE = 500_000;

  /** Targets against Django apply from this size on. It takes too long for large ones. */
  static final int MIDDLE = 25_000;

  private final Measurements measurements;

  public Report(Measurements measurements) {
    this.measurements = measurements;
  }

  List<Result> results() {
    List<Result> results = new ArrayList<>();
    addByReport(results, Series.DUMP, Series.PG_DUMP, Target.atMost(0.8), LARGE);
    addByReport(
        results, Series.FIRST_DUMP, Series.PG_DUMP_WITH_FIRST_DUMP, Target.atMost(2), LARGE);
    add(results, Series.DIFF, Series.DUMP, Target.atMost(1.5), LARGE);
    add(results, Series.LOAD, Series.PSQL, Target.atMost(0.8), LARGE);
    add(results, Series.LOAD, Series.FULL_RESTORE, Target.atMost(1.25), LARGE);
    add(results, Series.RELOAD, Series.FULL_RESTORE, Target.atMost(0.7), LARGE);
    add(results, Series.MERGE, Series.RELOAD, Target.atMost(1.5), LARGE);
    add(results, Series.REPLACE, Series.RELOAD, Target.atMost(2.5), LARGE);
    add(results, Series.DUMP, Series.DJANGO_DUMP, Target.atLeastTimesAsFast(50), MIDDLE);
    add(results, Series.LOAD, Series.DJANGO_LOAD, Target.atLeastTimesAsFast(40), MIDDLE);
    return results;
  }

  /** How the times grow from the smallest of the large sizes to the largest. */
  List<ScalingRatio> scalingRatios() {
    List<ScalingRatio> scalingRatios = new ArrayList<>();
    for (Series series : List.of(Series.DUMP, Series.LOAD, Series.RELOAD)) {
      NavigableMap<Integer, Samples> large =
          new TreeMap<>(measurements.observed(series)).tailMap(LARGE, true);
      if (large.size() > 1) {
        scalingRatios.add(
            new ScalingRatio(
                series.text(),
                large.firstKey(),
                large.firstEntry().getValue().median(),
                large.lastKey(),
                large.lastEntry().getValue().median()));
      }
    }
    return scalingRatios;
  }

  List<CommandOverhead> commandOverheads() {
    return measurements.observed(Series.COMMAND).entrySet().stream()
        .map(size -> new CommandOverhead(size.getKey(), size.getValue()))
        .toList();
  }

  public Measurements measurements() {
    return measurements;
  }

  /** Whether every target that could be measured is met. */
  public boolean allTargetsMet() {
    return results().stream().noneMatch(Result::missesTarget)
        && scalingRatios().stream().noneMatch(ScalingRatio::missesTarget)
        && commandOverheads().stream().noneMatch(CommandOverhead::missesTarget);
  }

  private void add(List<Result> results, Series ours, Series peer, Target target, int from) {
    add(results, ours, measurements.observed(ours), peer, target, from);
  }

  /**
   * Compares the durations that our runs report, which exclude the client and the start of the run.
   */
  private void addByReport(
      List<Result> results, Series ours, Series peer, Target target, int from) {
    add(results, ours, measurements.reported(ours), peer, target, from);
  }

  private void add(
      List<Result> results,
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
                        results.add(
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

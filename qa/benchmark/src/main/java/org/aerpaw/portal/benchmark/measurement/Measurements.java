package org.aerpaw.portal.benchmark.measurement;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All measurements: how long the client waited, and the durations that the runs report. */
public final class Measurements {

  private final Map<Series, Map<Integer, Samples>> observed = new EnumMap<>(Series.class);
  private final Map<Series, Map<Integer, Samples>> reported = new EnumMap<>(Series.class);

  private final Map<Series, Map<Integer, PeakMemory>> memory = new EnumMap<>(Series.class);

  public void add(Series series, int objects, Duration duration) {
    add(observed, series, objects, duration);
  }

  /** Adds how long the client waited for a run, and the duration that the run reports. */
  public void add(
      Series series, int objects, Duration observedDuration, Duration reportedDuration) {
    add(observed, series, objects, observedDuration);
    add(reported, series, objects, reportedDuration);
  }

  /** Adds the peak memory of a server that made these measurements. */
  public void addMemory(Series series, int objects, PeakMemory peak) {
    memory.computeIfAbsent(series, key -> new TreeMap<>()).put(objects, peak);
  }

  public Map<Integer, PeakMemory> memory(Series series) {
    return memory.getOrDefault(series, Map.of());
  }

  private static void add(
      Map<Series, Map<Integer, Samples>> to, Series series, int objects, Duration duration) {
    to.computeIfAbsent(series, key -> new TreeMap<>())
        .computeIfAbsent(objects, key -> new Samples())
        .add(duration);
  }

  public Optional<Samples> observed(Series series, int objects) {
    return Optional.ofNullable(observed(series).get(objects));
  }

  public Optional<Samples> reported(Series series, int objects) {
    return Optional.ofNullable(reported(series).get(objects));
  }

  /** The reported durations by number of objects. */
  public Map<Integer, Samples> reported(Series series) {
    return reported.getOrDefault(series, Map.of());
  }

  /** The observed durations by number of objects. */
  public Map<Integer, Samples> observed(Series series) {
    return observed.getOrDefault(series, Map.of());
  }
}

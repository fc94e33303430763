package org.aerpaw.portal.benchmark;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that was measured: how long a client waited, and what our runs told themselves. */
final class Measurements {

  private final Map<Series, Map<Integer, Samples>> seen = new EnumMap<>(Series.class);
  private final Map<Series, Map<Integer, Samples>> told = new EnumMap<>(Series.class);

  private final Map<Series, Map<Integer, PeakMemory>> memory = new EnumMap<>(Series.class);

  void add(Series series, int objects, Duration duration) {
    add(seen, series, objects, duration);
  }

  void add(Series series, int objects, PortalRun run) {
    add(seen, series, objects, run.seen());
    add(told, series, objects, run.told());
  }

  /** What servers needed that did this. */
  void addMemory(Series series, int objects, PeakMemory peak) {
    memory.computeIfAbsent(series, key -> new TreeMap<>()).put(objects, peak);
  }

  Map<Integer, PeakMemory> memory(Series series) {
    return memory.getOrDefault(series, Map.of());
  }

  private static void add(
      Map<Series, Map<Integer, Samples>> to, Series series, int objects, Duration duration) {
    to.computeIfAbsent(series, key -> new TreeMap<>())
        .computeIfAbsent(objects, key -> new Samples())
        .add(duration);
  }

  Optional<Samples> seen(Series series, int objects) {
    return Optional.ofNullable(seen(series).get(objects));
  }

  Optional<Samples> told(Series series, int objects) {
    return Optional.ofNullable(told.getOrDefault(series, Map.of()).get(objects));
  }

  /** By size. */
  Map<Integer, Samples> seen(Series series) {
    return seen.getOrDefault(series, Map.of());
  }
}

package org.aerpaw.portal.benchmark.measurement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The repeated durations of one measurement. */
public final class Samples {

  private static final double NANOS = 1e9;

  private final List<Double> seconds = new ArrayList<>();

  public void add(Duration duration) {
    seconds.add(duration.toNanos() / NANOS);
  }

  /** In seconds; of an even number of samples the mean of the two in the middle. */
  public double median() {
    List<Double> sorted = seconds.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  public double min() {
    return seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  public double max() {
    return seconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}

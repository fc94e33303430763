package org.aerpaw.portal.benchmark.steps;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aerpaw.portal.benchmark.text.Formats;

/**
 * The steps of the benchmark in their order. All are known before the first one starts, so that
 * progress can be shown.
 */
public final class Plan {

  /** Does one step. */
  @FunctionalInterface
  public interface Action {
    void take() throws Exception;
  }

  /** Does one step that is timed. */
  @FunctionalInterface
  interface TimedAction {
    Duration take() throws Exception;
  }

  private record Step(String what, int weight, TimedAction action) {}

  /**
   * The fixed cost of a step, expressed as a number of objects; most of it is the start of a
   * server.
   */
  private static final int FIXED_COST = 300_000;

  private final List<Step> steps = new ArrayList<>();
  private int weight = FIXED_COST;

  /** Sets the number of objects for the steps added from now on. */
  public void weigh(int objects) {
    weight = FIXED_COST + objects;
  }

  public void add(String what, Action action) {
    steps.add(
        new Step(
            what,
            weight,
            () -> {
              action.take();
              return null;
            }));
  }

  /** Adds a step whose time is reported. */
  void addTimed(String what, TimedAction action) {
    steps.add(new Step(what, weight, action));
  }

  /** Runs all steps, and prints a line for each. */
  public void run(PrintStream to) throws Exception {
    long total = steps.stream().mapToLong(Step::weight).sum();
    long done = 0;
    int number = 0;
    for (Step step : steps) {
      number++;
      to.printf(
          Locale.ROOT,
          "[%3d %%, %d of %d] %s ...",
          100 * done / total,
          number,
          steps.size(),
          step.what());
      to.flush();
      try {
        Duration duration = step.action().take();
        done += step.weight();
        to.println(duration == null ? "" : " " + Formats.seconds(duration.toNanos() / 1e9));
      } catch (Exception e) {
        to.println();
        throw e;
      }
    }
  }
}

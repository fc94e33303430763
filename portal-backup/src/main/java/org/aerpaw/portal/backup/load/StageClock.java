package org.aerpaw.portal.backup.load;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunReport;

/** Measures the duration of each stage of a load and reports the current stage as progress. */
final class StageClock {

  private static final Logger LOG = System.getLogger(StageClock.class.getName());

  private final long started = System.nanoTime();
  private final Map<LoadStage, Duration> durations = new EnumMap<>(LoadStage.class);
  private final Consumer<Progress> progress;
  private volatile Progress last = Progress.NONE;
  private LoadStage stage;
  private volatile String description;
  private long entered;

  StageClock(Consumer<Progress> progress) {
    this.progress = progress;
  }

  /** Ends the current stage and starts another. */
  void enter(LoadStage next) {
    enter(next, null);
  }

  /**
   * @param reason for a stage that most loads skip; null otherwise
   */
  void enter(LoadStage next, String reason) {
    end();
    stage = next;
    description = reason == null ? next.toString() : next + ": " + reason;
    entered = System.nanoTime();
    LOG.log(Level.DEBUG, "{0}", description);
    show(last);
  }

  /** A context whose progress includes the current stage. */
  RunContext track(RunContext context) {
    return context.withProgress(this::show);
  }

  /** The time since the load started. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** The durations of the stages in seconds, in order. */
  Map<String, BigDecimal> seconds() {
    end();
    Map<String, BigDecimal> seconds = new LinkedHashMap<>();
    durations.forEach(
        (finished, duration) -> seconds.put(finished.toString(), RunReport.seconds(duration)));
    return seconds;
  }

  private void show(Progress reached) {
    last = reached;
    progress.accept(
        Progress.of(
            reached.app(), reached.model(), description, reached.objects(), reached.total()));
  }

  private void end() {
    if (stage != null) {
      durations.merge(stage, Duration.ofNanos(System.nanoTime() - entered), Duration::plus);
      stage = null;
    }
  }
}

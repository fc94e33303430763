package org.aerpaw.portal.web;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunService;
import org.aerpaw.portal.backup.run.RunState;

/**
 * Tells one listener of one run, until it ends or the listener has gone. Ten looks a second, so
 * that nothing waits for a slow listener.
 */
final class RunEvents {

  private static final Logger LOG = System.getLogger(RunEvents.class.getName());
  private static final long PERIOD_MILLIS = 100;

  private final UUID id;
  private final RunService runs;
  private final SseEventSink sink;
  private final Sse sse;
  private Progress told;

  RunEvents(UUID id, RunService runs, SseEventSink sink, Sse sse) {
    this.id = id;
    this.runs = runs;
    this.sink = sink;
    this.sse = sse;
  }

  void follow(ScheduledExecutorService clock) {
    if (tell()) {
      clock.schedule(() -> follow(clock), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Whether there is more to tell. */
  private boolean tell() {
    try {
      Run run = runs.find(id).orElseThrow();
      if (sink.isClosed()) {
        return false;
      }
      if (run.state() == RunState.RUNNING) {
        if (!run.progress().equals(told)) {
          told = run.progress();
          sink.send(event("progress", run));
        }
        return true;
      }
      sink.send(event(run.state().text(), run)).whenComplete((sent, failure) -> sink.close());
      return false;
    } catch (SQLException | RuntimeException e) {
      LOG.log(Level.WARNING, "run {0} cannot be followed any more: {1}", id, e.getMessage());
      sink.close();
      return false;
    }
  }

  private OutboundSseEvent event(String name, Run run) {
    return sse.newEventBuilder()
        .name(name)
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(String.class, JsonBinding.toJson(run))
        .build();
  }
}

package org.aerpaw.portal.web.runs;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.run.execution.RunService;
import org.aerpaw.portal.fixtures.startup.PortalThreads;

/**
 * Sends one client the events of one run until it ends or the client disconnects. Progress is sent
 * ten times a second at most, the end as soon as the run has ended on this instance.
 */
final class RunEvents {

  private static final Logger LOG = System.getLogger(RunEvents.class.getName());
  private static final Duration PERIOD = Duration.ofMillis(100);

  private final UUID id;
  private final RunService runs;
  private final SseEventSink sink;
  private final Sse sse;
  private Progress sent;
  private boolean finished;

  RunEvents(UUID id, RunService runs, SseEventSink sink, Sse sse) {
    this.id = id;
    this.runs = runs;
    this.sink = sink;
    this.sse = sse;
  }

  void follow(PortalThreads threads) {
    if (send()) {
      runs.whenEnded(id, this::send);
      schedule(threads);
    }
  }

  private void schedule(PortalThreads threads) {
    try {
      threads.schedule(
          () -> {
            if (send()) {
              schedule(threads);
            }
          },
          PERIOD);
    } catch (RejectedExecutionException e) {
      // The server is shutting down.
      sink.close();
    }
  }

  /** Sends what is new and returns whether more events may follow. */
  private synchronized boolean send() {
    if (finished || sink.isClosed()) {
      return false;
    }
    try {
      Run run = runs.find(id).orElseThrow();
      if (run.state() != RunState.RUNNING) {
        finished = true;
        sink.send(event(run.state().text(), run)).whenComplete((done, failure) -> sink.close());
      } else if (!run.progress().equals(sent)) {
        sent = run.progress();
        sink.send(event("progress", run));
      }
    } catch (SQLException | IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "run {0} can no longer be followed: {1}", id, e.getMessage());
      finished = true;
      sink.close();
    }
    return !finished;
  }

  private OutboundSseEvent event(String name, Run run) {
    return sse.newEventBuilder()
        .name(name)
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(String.class, JsonBinding.toJson(run))
        .build();
  }
}

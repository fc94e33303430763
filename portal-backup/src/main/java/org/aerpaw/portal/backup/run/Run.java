package org.aerpaw.portal.backup.run;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.aerpaw.portal.backup.fixture.FixtureError;

/**
 * One dump, load or verification.
 *
 * @param requestedBy the user, or what else asked for it
 * @param finished null while it runs
 * @param report what it did, null unless it is done
 * @param errors why it failed, else empty
 */
public record Run(
    UUID id,
    RunKind kind,
    RunState state,
    String requestedBy,
    Instant started,
    Instant finished,
    Progress progress,
    JsonObject report,
    List<FixtureError> errors) {

  public Run {
    errors = List.copyOf(errors);
  }

  static Run started(RunKind kind, String requestedBy) {
    return new Run(
        UUID.randomUUID(),
        kind,
        RunState.RUNNING,
        requestedBy,
        now(),
        null,
        Progress.NONE,
        null,
        List.of());
  }

  Run at(Progress reached) {
    return new Run(id, kind, state, requestedBy, started, finished, reached, report, errors);
  }

  Run done(JsonObject outcome) {
    return new Run(id, kind, RunState.DONE, requestedBy, started, now(), progress, outcome, errors);
  }

  Run failed(List<FixtureError> why) {
    return new Run(id, kind, RunState.FAILED, requestedBy, started, now(), progress, null, why);
  }

  /** As exactly as the history keeps it. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  /** As HTTP shows it. */
  public JsonObject toJson() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", id.toString())
            .add("kind", kind.text())
            .add("state", state.text())
            .add("requestedBy", requestedBy)
            .add("started", started.toString());
    if (finished != null) {
      json.add("finished", finished.toString());
    }
    var reached = Json.createObjectBuilder();
    if (progress.app() != null) {
      reached.add("app", progress.app());
    }
    if (progress.model() != null) {
      reached.add("model", progress.model());
    }
    json.add("progress", reached.add("objects", progress.objects()).add("total", progress.total()));
    if (report != null) {
      json.add("report", report);
    }
    return json.add("errors", ErrorJson.write(errors)).build();
  }
}

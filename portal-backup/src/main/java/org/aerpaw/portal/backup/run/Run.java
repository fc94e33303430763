package org.aerpaw.portal.backup.run;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.aerpaw.portal.backup.fixture.FixtureError;

/**
 * One dump, load, verification, diff, copy or fetch, as the API shows it.
 *
 * @param requestedBy the user or the setting that started it
 * @param started for a skipped run, when that was decided
 * @param finished null while it is running
 * @param report what it did; null unless it is done
 * @param errors why it failed, was interrupted or skipped; empty otherwise
 */
@JsonbPropertyOrder({
  "id",
  "kind",
  "state",
  "requestedBy",
  "started",
  "finished",
  "progress",
  "report",
  "errors"
})
public record Run(
    UUID id,
    RunKind kind,
    RunState state,
    String requestedBy,
    Instant started,
    Instant finished,
    Progress progress,
    RunReport report,
    List<FixtureError> errors) {

  public Run {
    errors = List.copyOf(errors);
  }

  /** The report of a run that is done. */
  public <T extends RunReport> T report(Class<T> type) {
    return type.cast(report);
  }

  public static Run started(RunKind kind, String requestedBy) {
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

  public Run at(Progress reached) {
    return new Run(id, kind, state, requestedBy, started, finished, reached, report, errors);
  }

  public Run done(RunReport result) {
    return new Run(id, kind, RunState.DONE, requestedBy, started, now(), progress, result, errors);
  }

  public Run failed(List<FixtureError> reasons) {
    return ended(RunState.FAILED, reasons);
  }

  public Run interrupted(String reason) {
    return ended(RunState.INTERRUPTED, List.of(FixtureError.of(reason)));
  }

  public Run skipped(String reason) {
    return ended(RunState.SKIPPED, List.of(FixtureError.of(reason)));
  }

  private Run ended(RunState end, List<FixtureError> reasons) {
    return new Run(id, kind, end, requestedBy, started, now(), progress, null, reasons);
  }

  /** The time with the precision that the history stores. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}

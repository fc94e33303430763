package org.aerpaw.portal.backup.run;

import java.util.List;
import org.aerpaw.portal.backup.fixture.FixtureError;

/** A run has failed. Unless it is a copy, it has changed nothing. */
public final class RunFailedException extends Exception {

  private final transient List<FixtureError> errors;

  public RunFailedException(List<FixtureError> errors) {
    super(
        errors.size() == 1
            ? errors.get(0).toString()
            : errors.get(0) + " (and " + (errors.size() - 1) + " more)");
    this.errors = List.copyOf(errors);
  }

  public RunFailedException(String reason, Throwable cause) {
    super(reason, cause);
    errors = List.of(FixtureError.of(reason));
  }

  /** Fails a run for each of these reasons; does nothing if there are none. */
  public static void throwIfAny(List<String> reasons) throws RunFailedException {
    if (!reasons.isEmpty()) {
      throw new RunFailedException(reasons.stream().map(FixtureError::of).toList());
    }
  }

  /** The errors, at least one. */
  public List<FixtureError> errors() {
    return errors;
  }
}

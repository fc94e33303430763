package org.aerpaw.portal.backup.load;

import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.run.RunFailedException;

/** The errors of a load, up to as many as are worth reading. */
final class ErrorCollector {

  static final int MOST = 100;

  private final List<FixtureError> errors = new ArrayList<>();

  /** Those beyond {@link #MOST} are dropped; see {@link #isFull}. */
  void add(FixtureError error) {
    if (!isFull()) {
      errors.add(error);
    }
  }

  boolean isFull() {
    return errors.size() >= MOST;
  }

  boolean isEmpty() {
    return errors.isEmpty();
  }

  void throwIfAny() throws RunFailedException {
    if (!isEmpty()) {
      throw new RunFailedException(errors);
    }
  }
}

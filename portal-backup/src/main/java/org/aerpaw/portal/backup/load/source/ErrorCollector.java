package org.aerpaw.portal.backup.load.source;

import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.run.RunFailedException;

/** The errors of a load, up to as many as are worth reading. */
public final class ErrorCollector {

  public static final int MOST = 100;

  private final List<FixtureError> errors = new ArrayList<>();

  /** Those beyond {@link #MOST} are dropped; see {@link #isFull}. */
  public void add(FixtureError error) {
    if (!isFull()) {
      errors.add(error);
    }
  }

  boolean isFull() {
    return errors.size() >= MOST;
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  public void throwIfAny() throws RunFailedException {
    if (!isEmpty()) {
      throw new RunFailedException(errors);
    }
  }
}

package org.aerpaw.portal.backup.load.source;

import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Collects the errors of a load, up to {@link #MAX_ERRORS}. */
public final class ErrorCollector {

  public static final int MAX_ERRORS = 100;

  private final List<FixtureError> errors = new ArrayList<>();

  /** Adds an error unless the collector is full. */
  public void add(FixtureError error) {
    if (!isFull()) {
      errors.add(error);
    }
  }

  boolean isFull() {
    return errors.size() >= MAX_ERRORS;
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

package org.aerpaw.portal.backup.rows;

import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.model.Model;

/** A row cannot be written as a fixture object. */
public final class UnwritableRowException extends Exception {

  private final transient FixtureError error;

  UnwritableRowException(Model model, Object key, String field, BadValueException cause) {
    super(cause);
    String pk = key == null ? null : key.toString();
    error = new FixtureError(null, null, null, model.label(), pk, field, cause.getMessage());
  }

  /** The error with model, key and field. */
  public FixtureError error() {
    return error;
  }
}

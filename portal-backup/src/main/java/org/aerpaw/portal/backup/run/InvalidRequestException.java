package org.aerpaw.portal.backup.run;

import java.util.List;
import java.util.stream.Collectors;
import org.aerpaw.portal.backup.fixture.FixtureError;

/** A request cannot be carried out. Nothing was started. */
public final class InvalidRequestException extends Exception {

  private final transient List<FixtureError> errors;

  public InvalidRequestException(List<FixtureError> errors) {
    super(errors.stream().map(FixtureError::toString).collect(Collectors.joining("; ")));
    this.errors = List.copyOf(errors);
  }

  /**
   * @param field the request's member that is wrong
   */
  public InvalidRequestException(String field, String reason) {
    this(List.of(FixtureError.ofField(field, reason)));
  }

  /** All problems of the request with the JSON field's name; at least one. */
  public List<FixtureError> errors() {
    return errors;
  }
}

package org.aerpaw.portal.backup.run;

import java.util.List;
import java.util.stream.Collectors;
import org.aerpaw.portal.backup.fixture.FixtureError;

/** A request is invalid, so nothing was started. */
public final class InvalidRequestException extends Exception {

  private final transient List<FixtureError> errors;

  public InvalidRequestException(List<FixtureError> errors) {
    super(errors.stream().map(FixtureError::toString).collect(Collectors.joining("; ")));
    this.errors = List.copyOf(errors);
  }

  /**
   * @param field the invalid member of the request
   */
  public InvalidRequestException(String field, String reason) {
    this(List.of(FixtureError.ofField(field, reason)));
  }

  /** The problems without the names of the members, for people who did not write the request. */
  public String reasons() {
    return errors.stream().map(FixtureError::reason).collect(Collectors.joining("; "));
  }

  /** All problems of the request with the JSON field's name; at least one. */
  public List<FixtureError> errors() {
    return errors;
  }
}

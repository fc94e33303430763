package org.aerpaw.portal.web.request;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.run.InvalidRequestException;

/**
 * A request body and the problems found while it was read.
 *
 * @param request the body; members with a problem have their default value
 */
public record SubmittedRequest<T extends Record>(T request, List<FixtureError> problems) {

  /** Finds the problems of a request that only the engine knows. */
  @FunctionalInterface
  public interface EngineCheck<T> {
    List<FixtureError> problems(T request) throws IOException;
  }

  /**
   * Returns the request if its body was read without a problem; the engine checks it when it is
   * used. Otherwise lets the engine check it now, so that all problems are reported at once.
   *
   * @throws InvalidRequestException with all problems, those that the engine finds included
   */
  public T requireValid(EngineCheck<T> engineCheck) throws InvalidRequestException, IOException {
    if (problems.isEmpty()) {
      return request;
    }
    List<FixtureError> all = new ArrayList<>(problems);
    all.addAll(engineCheck.problems(request));
    throw new InvalidRequestException(all);
  }
}

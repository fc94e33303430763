package org.aerpaw.portal.web.runs;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.web.errors.Problem;

/** Responds with status 409, naming the run in progress. */
@Provider
public class RunInProgressMapper implements ExceptionMapper<RunInProgressException> {

  @Context private UriInfo uri;

  @Override
  public Response toResponse(RunInProgressException refusal) {
    var response = Problem.of(409, refusal.getMessage()).response();
    refusal.run().ifPresent(run -> response.location(RunResponses.location(run.id(), uri)));
    return response.build();
  }
}

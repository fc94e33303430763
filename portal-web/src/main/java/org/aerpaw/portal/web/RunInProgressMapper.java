package org.aerpaw.portal.web;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.aerpaw.portal.backup.run.RunInProgressException;

/** Answers 409 and says which run is in the way. */
@Provider
public class RunInProgressMapper implements ExceptionMapper<RunInProgressException> {

  @Context private UriInfo here;

  @Override
  public Response toResponse(RunInProgressException refusal) {
    var answer =
        Problem.response(
            Response.Status.CONFLICT.getStatusCode(),
            "Another dump, load or verification is running.");
    refusal.runId().ifPresent(run -> answer.location(RunResponses.location(run, here)));
    return answer.build();
  }
}

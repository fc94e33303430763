package org.aerpaw.portal.web;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.aerpaw.portal.backup.run.RunInProgressException;

/** Responds with status 409 and the address of the run in progress. */
@Provider
public class RunInProgressMapper implements ExceptionMapper<RunInProgressException> {

  @Context private UriInfo uri;

  @Override
  public Response toResponse(RunInProgressException refusal) {
    var answer = Problem.of(409, "Another dump, load or verification is in progress.").response();
    refusal.runId().ifPresent(run -> answer.location(RunResponses.location(run, uri)));
    return answer.build();
  }
}

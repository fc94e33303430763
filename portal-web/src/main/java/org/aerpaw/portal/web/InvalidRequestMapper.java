package org.aerpaw.portal.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.aerpaw.portal.backup.run.InvalidRequestException;

/** Answers 400 with all that is off. */
@Provider
public class InvalidRequestMapper implements ExceptionMapper<InvalidRequestException> {

  @Override
  public Response toResponse(InvalidRequestException refusal) {
    return Problem.badRequest(refusal.problems());
  }
}

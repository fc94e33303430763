package org.aerpaw.portal.web.errors;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.aerpaw.portal.backup.run.InvalidRequestException;

/** Responds with status 400 and all problems of the request. */
@Provider
public class InvalidRequestMapper implements ExceptionMapper<InvalidRequestException> {

  @Override
  public Response toResponse(InvalidRequestException refusal) {
    return Problem.of(400, refusal.getMessage(), refusal.errors()).response().build();
  }
}

package org.aerpaw.portal.web.errors;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Responds to requests that JAX-RS or a resource refuses, with their status and headers. */
@Provider
public class HttpErrorMapper implements ExceptionMapper<WebApplicationException> {

  @Override
  public Response toResponse(WebApplicationException refusal) {
    Response response = refusal.getResponse();
    return response.hasEntity()
        ? response
        : Response.fromResponse(response)
            .type(Problem.TYPE)
            .entity(Problem.of(response.getStatus()))
            .build();
  }
}

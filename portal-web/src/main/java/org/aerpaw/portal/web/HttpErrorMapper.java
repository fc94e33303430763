package org.aerpaw.portal.web;

import jakarta.json.JsonValue;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers what JAX-RS refuses, with the status and the headers it chose. */
@Provider
public class HttpErrorMapper implements ExceptionMapper<WebApplicationException> {

  @Override
  public Response toResponse(WebApplicationException refusal) {
    Response chosen = refusal.getResponse();
    int status = chosen.getStatus();
    return Response.fromResponse(chosen)
        .type(Problem.TYPE)
        .entity(Problem.json(status, Problem.detail(status), JsonValue.EMPTY_JSON_ARRAY).toString())
        .build();
  }
}

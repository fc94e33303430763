package org.aerpaw.portal.web.errors;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Responds with status 500 to internal errors. Their cause goes to the log, not to the client. */
@Provider
public class UnexpectedErrorMapper implements ExceptionMapper<Throwable> {

  private static final Logger LOG = System.getLogger(UnexpectedErrorMapper.class.getName());

  @Override
  public Response toResponse(Throwable fault) {
    LOG.log(Level.ERROR, "internal error while answering a request", fault);
    int status = Response.Status.INTERNAL_SERVER_ERROR.getStatusCode();
    return Problem.of(status).response().build();
  }
}

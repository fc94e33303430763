package org.aerpaw.portal.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Answers 500 for a fault of this program: the reason goes to the log, not to the client. */
@Provider
public class UnexpectedErrorMapper implements ExceptionMapper<Throwable> {

  private static final Logger LOG = System.getLogger(UnexpectedErrorMapper.class.getName());

  @Override
  public Response toResponse(Throwable fault) {
    LOG.log(Level.ERROR, "a request could not be answered", fault);
    int status = Response.Status.INTERNAL_SERVER_ERROR.getStatusCode();
    return Problem.response(status, Problem.detail(status)).build();
  }
}

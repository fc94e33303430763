package org.aerpaw.portal.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;

/** Answers 503 where a resource could not ask the database. */
@Provider
public class DatabaseErrorMapper implements ExceptionMapper<SQLException> {

  private static final Logger LOG = System.getLogger(DatabaseErrorMapper.class.getName());

  @Override
  public Response toResponse(SQLException failure) {
    LOG.log(Level.ERROR, "the database is not available: {0}", failure.getMessage());
    int status = Response.Status.SERVICE_UNAVAILABLE.getStatusCode();
    return Problem.of(status).response().build();
  }
}

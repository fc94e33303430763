package org.aerpaw.portal.web.errors;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import org.aerpaw.portal.backup.postgres.DatabaseError;

/**
 * Responds with status 503 if the database is unavailable or no connection is free, and 500 to
 * other database errors.
 */
@Provider
public class DatabaseErrorMapper implements ExceptionMapper<SQLException> {

  private static final Logger LOG = System.getLogger(DatabaseErrorMapper.class.getName());

  @Override
  public Response toResponse(SQLException failure) {
    DatabaseError error = DatabaseError.of(failure);
    LOG.log(Level.ERROR, error.describe());
    return Problem.of(error.isTemporary() ? 503 : 500, error.describe()).response().build();
  }
}

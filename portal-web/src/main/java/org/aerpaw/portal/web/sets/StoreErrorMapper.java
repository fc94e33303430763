package org.aerpaw.portal.web.sets;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.aerpaw.portal.backup.store.files.StoreException;
import org.aerpaw.portal.web.errors.Problem;

/** Responds with status 502 if a store cannot be used. */
@Provider
public class StoreErrorMapper implements ExceptionMapper<StoreException> {

  private static final Logger LOG = System.getLogger(StoreErrorMapper.class.getName());
  private static final int BAD_GATEWAY = 502;

  @Override
  public Response toResponse(StoreException failure) {
    LOG.log(Level.ERROR, failure.getMessage());
    return Problem.of(BAD_GATEWAY, failure.getMessage()).response().build();
  }
}

package org.aerpaw.portal.web.sets;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.upload.UploadRefusedException;
import org.aerpaw.portal.web.errors.Problem;

/** Responds to uploads that are refused with status 400, 409 or 413. */
@Provider
public class UploadRefusedMapper implements ExceptionMapper<UploadRefusedException> {

  @Override
  public Response toResponse(UploadRefusedException refusal) {
    int status =
        switch (refusal.reason()) {
          case INVALID -> 400;
          case TOO_LARGE -> Problem.PAYLOAD_TOO_LARGE;
          case CONFLICT -> 409;
        };
    String reason = refusal.getMessage();
    return Problem.of(status, reason, List.of(FixtureError.of(reason))).response().build();
  }
}

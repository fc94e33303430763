package org.aerpaw.portal.web.runs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.schedule.Schedule;
import org.aerpaw.portal.backup.schedule.ScheduleService;
import org.aerpaw.portal.web.request.Reason;
import org.aerpaw.portal.web.request.SubmittedRequest;

/** The schedule of dumps, and its pause. */
@Path("schedule")
@RequestScoped
public class ScheduleResource {

  @Inject private ScheduleService schedule;

  /**
   * A pause.
   *
   * @param until its end
   */
  public record PauseRequest(
      @NotNull(message = "must be a time such as 2026-11-22T09:30:00Z") Instant until,
      @NotBlank(message = Reason.MISSING) @Size(max = Reason.MAX_LENGTH, message = Reason.TOO_LONG)
          String reason) {

    public static final PauseRequest DEFAULT = new PauseRequest(null, null);
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Schedule get() throws SQLException, IOException {
    return schedule.status();
  }

  @POST
  @Path("pause")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Schedule pause(SubmittedRequest<PauseRequest> body, @Context SecurityContext caller)
      throws InvalidRequestException, SQLException, IOException {
    PauseRequest pause = body.requireValid(request -> List.of());
    schedule.pause(pause.until(), pause.reason(), caller.getUserPrincipal().getName());
    return schedule.status();
  }

  @DELETE
  @Path("pause")
  @Produces(MediaType.APPLICATION_JSON)
  public Schedule resume() throws InvalidRequestException, SQLException, IOException {
    schedule.resume();
    return schedule.status();
  }
}

package org.aerpaw.portal.web.runs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.execution.RunService;
import org.aerpaw.portal.fixtures.startup.PortalThreads;
import org.aerpaw.portal.web.errors.Problem;

/** Current and past runs. */
@Path("runs")
@RequestScoped
public class RunsResource {

  private static final int MAX_RUNS = 1000;

  @Inject private RunService runs;

  @Inject private PortalThreads threads;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public RunList list(@QueryParam("limit") @DefaultValue("100") String limit)
      throws InvalidRequestException, SQLException, IOException {
    return new RunList(runs.newest(number(limit)));
  }

  /** Runs, newest first. */
  public record RunList(List<Run> runs) {}

  private static int number(String limit) throws InvalidRequestException {
    if (limit.matches("\\d{1,4}")) {
      int number = Integer.parseInt(limit);
      if (number >= 1 && number <= MAX_RUNS) {
        return number;
      }
    }
    throw new InvalidRequestException("limit", "must be a whole number from 1 to " + MAX_RUNS);
  }

  @GET
  @Path("{run}")
  @Produces(MediaType.APPLICATION_JSON)
  public Run one(@PathParam("run") String id) throws SQLException, IOException {
    return find(id);
  }

  /** Cancels a run, which ends soon after the response. */
  @DELETE
  @Path("{run}")
  @Produces(MediaType.APPLICATION_JSON)
  public Response cancel(
      @PathParam("run") String id, @Context SecurityContext caller, @Context UriInfo uri)
      throws SQLException, IOException {
    Run run = find(id);
    if (!runs.cancel(run.id(), caller.getUserPrincipal().getName())) {
      return Problem.of(
              409, "The run has already ended with the state " + find(id).state().text() + ".")
          .response()
          .build();
    }
    return RunResponses.accepted(find(id), uri);
  }

  @GET
  @Path("{run}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(@PathParam("run") String id, @Context SseEventSink sink, @Context Sse sse)
      throws SQLException, IOException {
    Run run = find(id);
    new RunEvents(run.id(), runs, sink, sse).follow(threads);
  }

  private Run find(String id) throws SQLException, IOException {
    return runs.find(uuid(id)).orElseThrow(NotFoundException::new);
  }

  private static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new NotFoundException(e);
    }
  }
}

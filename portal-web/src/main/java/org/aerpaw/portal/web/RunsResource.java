package org.aerpaw.portal.web;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunService;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What runs and what ran. */
@Path("runs")
@RequestScoped
@Tag(name = "runs")
public class RunsResource {

  private static final int MOST_RUNS = 1000;

  @Inject private RunService runs;

  @Resource private ManagedScheduledExecutorService clock;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The runs, newest first", description = "limit is 1 to 1000, else 100.")
  public String list(@QueryParam("limit") @DefaultValue("100") String limit)
      throws InvalidRequestException, SQLException {
    return JsonBinding.toJson(Map.of("runs", runs.newest(number(limit))));
  }

  private static int number(String limit) throws InvalidRequestException {
    if (limit.matches("\\d{1,4}")) {
      int number = Integer.parseInt(limit);
      if (number >= 1 && number <= MOST_RUNS) {
        return number;
      }
    }
    throw new InvalidRequestException(List.of("limit is a whole number from 1 to " + MOST_RUNS));
  }

  @GET
  @Path("{run}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "One run, as it stands now")
  public String one(@PathParam("run") String id) throws SQLException {
    return JsonBinding.toJson(find(id));
  }

  @GET
  @Path("{run}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "One run as it goes on",
      description =
          "Server-sent events: progress, at most ten a second, then one done or failed; each holds the run.")
  public void events(@PathParam("run") String id, @Context SseEventSink sink, @Context Sse sse)
      throws SQLException {
    Run run = find(id);
    new RunEvents(run.id(), runs, sink, sse).follow(clock);
  }

  private Run find(String id) throws SQLException {
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

package org.aerpaw.portal.web.runs;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
import org.aerpaw.portal.backup.load.LoadService;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.web.request.SubmittedRequest;

/** Starts loads. */
@Path("loads")
@RequestScoped
public class LoadsResource {

  @Inject private LoadService loads;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response start(
      SubmittedRequest<LoadRequest> body, @Context SecurityContext caller, @Context UriInfo uri)
      throws IOException, InvalidRequestException, RunInProgressException, SQLException {
    LoadRequest request = body.requireValid(loads::problems);
    return RunResponses.accepted(loads.start(request, caller.getUserPrincipal().getName()), uri);
  }
}

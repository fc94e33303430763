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
import org.aerpaw.portal.backup.dump.DumpRequest;
import org.aerpaw.portal.backup.dump.DumpService;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.web.request.SubmittedRequest;

/** Starts dumps. */
@Path("dumps")
@RequestScoped
public class DumpsResource {

  @Inject private DumpService dumps;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response start(
      SubmittedRequest<DumpRequest> body, @Context SecurityContext caller, @Context UriInfo uri)
      throws IOException, InvalidRequestException, RunInProgressException, SQLException {
    DumpRequest request = body.requireValid(dumps::problems);
    return RunResponses.accepted(dumps.start(request, caller.getUserPrincipal().getName()), uri);
  }
}

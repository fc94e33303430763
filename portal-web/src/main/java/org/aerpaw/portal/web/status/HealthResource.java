package org.aerpaw.portal.web.status;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.aerpaw.portal.backup.status.HealthReport;
import org.aerpaw.portal.backup.status.StatusService;

/**
 * The health of the backups, without sign-in. It is not part of {@code /health/ready}, since an old
 * backup must not take the portal out of service.
 */
@Path(HealthResource.PATH)
@RequestScoped
public class HealthResource {

  /** The path below {@code /api}. */
  public static final String PATH = "health";

  @Inject private StatusService status;

  @GET
  @Produces("application/health+json")
  public Response get() throws IOException {
    HealthReport health = status.health();
    return Response.status(health.status() == HealthReport.Status.FAIL ? 503 : 200)
        .entity(health)
        .build();
  }
}

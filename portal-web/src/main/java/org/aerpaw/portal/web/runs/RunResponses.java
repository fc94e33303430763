package org.aerpaw.portal.web.runs;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.UUID;
import org.aerpaw.portal.backup.run.Run;

/** Responses that name a run. */
public final class RunResponses {

  private RunResponses() {}

  public static Response accepted(Run run, UriInfo uri) {
    return Response.accepted(run)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .location(location(run.id(), uri))
        .build();
  }

  /** The address of a run. */
  public static URI location(UUID run, UriInfo uri) {
    return uri.getBaseUriBuilder().path(RunsResource.class).path(run.toString()).build();
  }
}

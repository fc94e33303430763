package org.aerpaw.portal.web;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.UUID;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.run.Run;

/** A run on its way to a client. */
final class RunResponses {

  private RunResponses() {}

  static URI location(UUID run, UriInfo here) {
    return here.getBaseUriBuilder().path(RunsResource.class).path(run.toString()).build();
  }

  static Response accepted(Run run, UriInfo here) {
    return Response.accepted(JsonBinding.toJson(run))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .location(location(run.id(), here))
        .build();
  }
}

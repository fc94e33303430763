package org.aerpaw.portal.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The REST API: all resources of this package, below {@code /api}. */
@ApplicationPath("/api")
public class PortalApi extends Application {

  /** Switches WADL off: docs/openapi.yaml describes the API, and is served at {@code /openapi}. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}

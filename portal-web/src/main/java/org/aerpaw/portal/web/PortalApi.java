package org.aerpaw.portal.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** All resources of this package, below {@code /api}. */
@ApplicationPath("/api")
public class PortalApi extends Application {

  /** The API is described in one place, {@code /openapi}. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}

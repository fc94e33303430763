package org.aerpaw.portal.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** All resources of this package, below {@code /api}. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "AERPAW portal: backup and restore",
            version = "1",
            description =
                "Dumps of the portal's database to Django fixtures, and loads from them. Errors are application/problem+json."),
    security = {@SecurityRequirement(name = "token"), @SecurityRequirement(name = "user")})
@SecurityScheme(
    securitySchemeName = "token",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description = "The admin token")
@SecurityScheme(
    securitySchemeName = "user",
    type = SecuritySchemeType.HTTP,
    scheme = "basic",
    description = "A portal user in group operator or site_admin")
@ApplicationPath("/api")
public class PortalApi extends Application {

  /** The API is described in one place, {@code /openapi}. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}

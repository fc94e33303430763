package org.aerpaw.portal.web.security;

import jakarta.annotation.Priority;
import jakarta.annotation.security.DeclareRoles;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import org.aerpaw.portal.web.status.HealthResource;
import org.aerpaw.portal.web.status.MetricsResource;

/**
 * Restricts {@code /api} to operators and site admins. Only the health of the backups is open to
 * all, and their metrics if a setting says so.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHORIZATION)
@DeclareRoles({Role.OPERATOR, Role.SITE_ADMIN})
public class AccessFilter implements ContainerRequestFilter {

  /** Browsers ask for a password on their own if basic authentication is offered. */
  private static NotAuthorizedException unauthorized(boolean byConsole) {
    String reason = "This needs the admin token, or a portal user's name and password.";
    String bearer = "Bearer realm=\"portal\"";
    return byConsole
        ? new NotAuthorizedException(reason, bearer)
        : new NotAuthorizedException(reason, bearer, "Basic realm=\"portal\", charset=\"UTF-8\"");
  }

  private final boolean metricsOpen = SecuritySettings.read().metricsOpen();

  @Override
  public void filter(ContainerRequestContext request) {
    // RESTEasy's paths begin with a slash.
    String path = request.getUriInfo().getPath().replaceFirst("^/", "");
    if (path.equals(HealthResource.PATH) || metricsOpen && path.equals(MetricsResource.PATH)) {
      return;
    }
    SecurityContext caller = request.getSecurityContext();
    if (caller.getUserPrincipal() == null) {
      throw unauthorized(request.getHeaderString(ConsoleSession.HEADER) != null);
    }
    if (!caller.isUserInRole(Role.OPERATOR) && !caller.isUserInRole(Role.SITE_ADMIN)) {
      throw new ForbiddenException("This is for operators and site admins.");
    }
  }
}

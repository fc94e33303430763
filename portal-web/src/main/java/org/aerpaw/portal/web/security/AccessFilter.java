package org.aerpaw.portal.web.security;

import jakarta.annotation.Priority;
import jakarta.annotation.security.DeclareRoles;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import org.aerpaw.portal.web.errors.Problem;
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

  private static final String BEARER = "Bearer realm=\"portal\"";
  private static final String BASIC = "Basic realm=\"portal\", charset=\"UTF-8\"";

  /** The same for every reason, since whoever tries to log in must not learn about the users. */
  private static final String WRONG_PASSWORD =
      "Wrong user name or password, or the password hash is not supported. If it is not supported,"
          + " the server log names the user's primary key and the reason.";

  /** Browsers ask for a password on their own if basic authentication is offered. */
  private static NotAuthorizedException unauthorized(ContainerRequestContext request) {
    String given = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    boolean withPassword = given != null && given.strip().regionMatches(true, 0, "Basic ", 0, 6);
    Problem problem = withPassword ? Problem.of(401, WRONG_PASSWORD) : Problem.of(401);
    var response = problem.response().header(HttpHeaders.WWW_AUTHENTICATE, BEARER);
    if (request.getHeaderString(ConsoleSession.HEADER) == null) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, BASIC);
    }
    return new NotAuthorizedException(response.build());
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
      throw unauthorized(request);
    }
    if (!caller.isUserInRole(Role.OPERATOR) && !caller.isUserInRole(Role.SITE_ADMIN)) {
      throw new ForbiddenException("You must be a member of the group operator or site_admin.");
    }
  }
}

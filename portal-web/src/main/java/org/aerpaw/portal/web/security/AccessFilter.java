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

/** Restricts {@code /api} to operators and site admins. */
@Provider
@PreMatching
@Priority(Priorities.AUTHORIZATION)
@DeclareRoles({Role.OPERATOR, Role.SITE_ADMIN})
public class AccessFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    SecurityContext caller = request.getSecurityContext();
    if (caller.getUserPrincipal() == null) {
      throw new NotAuthorizedException(
          "This needs the admin token, or a portal user's name and password.",
          "Bearer realm=\"portal\"",
          "Basic realm=\"portal\", charset=\"UTF-8\"");
    }
    if (!caller.isUserInRole(Role.OPERATOR) && !caller.isUserInRole(Role.SITE_ADMIN)) {
      throw new ForbiddenException("This is for operators and site admins.");
    }
  }
}

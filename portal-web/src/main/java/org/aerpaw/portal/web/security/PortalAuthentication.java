package org.aerpaw.portal.web.security;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out who calls, from the {@code Authorization} header alone: no session, no cookie. Whoever shows nothing or the wrong thing stays anonymous;
 * {@link AccessFilter} decides what that means.
 */
@ApplicationScoped
public class PortalAuthentication implements HttpAuthenticationMechanism {

  private static final Logger LOG = System.getLogger(PortalAuthentication.class.getName());

  /** Who a run was asked for by, if by the token. */
  private static final String TOKEN_HOLDER = "admin token";

  @EJB private AdminToken adminToken;
  @Inject private PortalUsers users;

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    String header = request.getHeader("Authorization");
    if (header == null) {
      return context.doNothing();
    }
    String[] parts = header.strip().split(" +", 2);
    if (parts.length == 2 && parts[0].equalsIgnoreCase("Bearer")) {
      return adminToken.is(parts[1])
          ? context.notifyContainerAboutLogin(TOKEN_HOLDER, Set.of(Role.OPERATOR))
          : context.doNothing();
    }
    if (parts.length == 2 && parts[0].equalsIgnoreCase("Basic")) {
      return basic(parts[1], response, context);
    }
    return context.doNothing();
  }

  private AuthenticationStatus basic(
      String credentials, HttpServletResponse response, HttpMessageContext context) {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return context.doNothing();
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      return context.doNothing();
    }
    String username = pair.substring(0, colon);
    try {
      Optional<Set<String>> groups = users.groupsOf(username, pair.substring(colon + 1));
      return groups.isPresent()
          ? context.notifyContainerAboutLogin(username, groups.get())
          : context.doNothing();
    } catch (PersistenceException e) {
      LOG.log(Level.ERROR, "the database is away, nobody can sign in: {0}", e.getMessage());
      return unavailable(response);
    }
  }

  private static AuthenticationStatus unavailable(HttpServletResponse response) {
    try {
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return AuthenticationStatus.SEND_FAILURE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

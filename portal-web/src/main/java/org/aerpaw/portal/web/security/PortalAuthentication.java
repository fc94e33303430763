package org.aerpaw.portal.web.security;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.postgres.DatabaseError;

/**
 * Authenticates by the {@code Authorization} header, or by the cookie of a {@link ConsoleSession}.
 * Requests without valid credentials stay anonymous, and {@link AccessFilter} refuses them. After
 * too many failed logins the status is 429 for a while.
 */
@ApplicationScoped
public class PortalAuthentication implements HttpAuthenticationMechanism {

  private static final Logger LOG = System.getLogger(PortalAuthentication.class.getName());

  /** The name of the caller with the admin token, as runs show it. */
  private static final String TOKEN_HOLDER = "admin token";

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private static final int TOO_MANY_REQUESTS = 429;

  @EJB private AdminToken adminToken;
  @Inject private PortalUsers users;
  @Inject private ConsoleSession sessions;

  private LoginThrottle failures;

  @PostConstruct
  void init() {
    failures =
        new LoginThrottle(SecuritySettings.read().maxLoginFailures(), InstantSource.system());
  }

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    String header = request.getHeader("Authorization");
    if (header == null) {
      return session(request, response, context);
    }
    String[] parts = header.strip().split(" +", 2);
    if (parts.length == 2 && parts[0].equalsIgnoreCase("Bearer")) {
      return bearer(parts[1], request, response, context);
    }
    if (parts.length == 2 && parts[0].equalsIgnoreCase("Basic")) {
      return basic(parts[1], request, response, context);
    }
    return context.doNothing();
  }

  /** Pages of other sites cannot send the header, so they cannot change anything. */
  private AuthenticationStatus session(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    Optional<String> caller =
        cookie(request).flatMap(cookie -> sessions.caller(cookie, Instant.now()));
    boolean safe =
        READING.contains(request.getMethod()) || request.getHeader(ConsoleSession.HEADER) != null;
    if (caller.isEmpty() || !safe) {
      return context.doNothing();
    }
    if (caller.get().equals(TOKEN_HOLDER)) {
      return context.notifyContainerAboutLogin(TOKEN_HOLDER, Set.of(Role.OPERATOR));
    }
    try {
      return users
          .groupsOf(caller.get())
          .map(groups -> context.notifyContainerAboutLogin(caller.get(), groups))
          .orElseGet(context::doNothing);
    } catch (PersistenceException e) {
      return unavailable(e, response);
    }
  }

  private static Optional<String> cookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Stream.of(cookies)
            .filter(cookie -> cookie.getName().equals(ConsoleSession.COOKIE))
            .map(Cookie::getValue)
            .findFirst();
  }

  /** The token is never throttled, since others may use the same address. */
  private AuthenticationStatus bearer(
      String token,
      HttpServletRequest request,
      HttpServletResponse response,
      HttpMessageContext context) {
    List<String> keys = List.of(LoginThrottle.ofAddress(request.getRemoteAddr()));
    if (adminToken.matches(token)) {
      failures.succeeded(keys);
      return context.notifyContainerAboutLogin(TOKEN_HOLDER, Set.of(Role.OPERATOR));
    }
    Optional<Duration> wait = failures.remaining(keys);
    if (wait.isPresent()) {
      return tooMany(wait.get(), response);
    }
    failures.failed(keys);
    return context.doNothing();
  }

  private AuthenticationStatus basic(
      String credentials,
      HttpServletRequest request,
      HttpServletResponse response,
      HttpMessageContext context) {
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
    String user = LoginThrottle.ofUser(username);
    List<String> keys = List.of(user, LoginThrottle.ofAddress(request.getRemoteAddr()));
    Optional<Duration> wait = failures.remaining(keys);
    if (wait.isPresent()) {
      return tooMany(wait.get(), response);
    }
    try {
      Optional<Set<String>> groups = users.groupsOf(username, pair.substring(colon + 1));
      if (groups.isEmpty()) {
        failures.failed(keys);
        return context.doNothing();
      }
      // Does not reset the counter of the address: otherwise a user could guess other users'
      // passwords without limit by logging in to their own account in between.
      failures.succeeded(List.of(user));
      return context.notifyContainerAboutLogin(username, groups.get());
    } catch (PersistenceException e) {
      return unavailable(e, response);
    }
  }

  private static AuthenticationStatus unavailable(
      PersistenceException failure, HttpServletResponse response) {
    DatabaseError error = DatabaseError.of(failure);
    LOG.log(Level.ERROR, "portal users cannot log in: {0}", error.describe());
    return refused(HttpServletResponse.SC_SERVICE_UNAVAILABLE, response);
  }

  private static AuthenticationStatus tooMany(Duration wait, HttpServletResponse response) {
    long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
    response.setHeader("Retry-After", Long.toString(seconds));
    return refused(TOO_MANY_REQUESTS, response);
  }

  private static AuthenticationStatus refused(int status, HttpServletResponse response) {
    try {
      response.sendError(status);
      return AuthenticationStatus.SEND_FAILURE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

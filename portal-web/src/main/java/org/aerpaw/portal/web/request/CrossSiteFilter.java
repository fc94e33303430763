package org.aerpaw.portal.web.request;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Set;
import org.aerpaw.portal.web.errors.Problem;

/**
 * Refuses requests from pages of other sites unless they only read, since browsers send the
 * remembered password with them. Browsers name the site in {@code Sec-Fetch-Site}, older ones in
 * {@code Origin} (RFC 6454); other clients send neither.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public class CrossSiteFilter implements ContainerRequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  @Override
  public void filter(ContainerRequestContext request) {
    if (!READING.contains(request.getMethod())
        && isCrossSite(
            request.getHeaderString("Sec-Fetch-Site"),
            request.getHeaderString("Origin"),
            request.getHeaderString("Host"))) {
      String reason = "Requests from other sites cannot change anything.";
      request.abortWith(Problem.of(403, reason).response().build());
    }
  }

  /** All values are headers and may be null. */
  static boolean isCrossSite(String site, String origin, String host) {
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    return origin != null && !isSameHost(origin, host);
  }

  private static boolean isSameHost(String origin, String host) {
    try {
      String authority = URI.create(origin).getAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

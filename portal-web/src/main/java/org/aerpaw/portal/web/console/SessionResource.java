package org.aerpaw.portal.web.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import org.aerpaw.portal.web.security.ConsoleSession;

/**
 * The session of the console. The request that begins it is authenticated by the admin token, or by
 * a user name and password.
 */
@Path("session")
@RequestScoped
public class SessionResource {

  @Inject private ConsoleSession sessions;

  /** Who is signed in. */
  public record SignedIn(String user) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public SignedIn get(@Context SecurityContext caller) {
    return new SignedIn(caller.getUserPrincipal().getName());
  }

  @POST
  @Produces(MediaType.APPLICATION_JSON)
  public Response begin(@Context SecurityContext caller, @Context UriInfo uri) {
    String user = caller.getUserPrincipal().getName();
    return Response.ok(new SignedIn(user))
        .cookie(
            cookie(uri)
                .value(sessions.begin(user, Instant.now()))
                .maxAge((int) ConsoleSession.LENGTH.toSeconds())
                .build())
        .build();
  }

  @DELETE
  public Response end(@Context UriInfo uri) {
    return Response.noContent().cookie(cookie(uri).value("").maxAge(0).build()).build();
  }

  private static NewCookie.Builder cookie(UriInfo uri) {
    return new NewCookie.Builder(ConsoleSession.COOKIE)
        .path(uri.getBaseUri().getPath())
        .httpOnly(true)
        .secure(uri.getBaseUri().getScheme().equals("https"))
        .sameSite(NewCookie.SameSite.STRICT);
  }
}

package org.aerpaw.portal.web.errors;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.aerpaw.portal.backup.fixture.FixtureError;

/**
 * An error response (RFC 9457).
 *
 * @param type always {@code about:blank}, since the status names the kind of problem
 * @param errors the problems of the request; null if detail contains everything
 */
@JsonbPropertyOrder({"type", "title", "status", "detail", "errors"})
public record Problem(
    String type, String title, int status, String detail, List<FixtureError> errors) {

  public static final MediaType TYPE = new MediaType("application", "problem+json");
  public static final int PAYLOAD_TOO_LARGE = 413;

  /** A problem with the default detail of its status. */
  public static Problem of(int status) {
    return of(status, detail(status));
  }

  public static Problem of(int status, String detail) {
    return of(status, detail, null);
  }

  public static Problem of(int status, String detail, List<FixtureError> errors) {
    Response.Status known = Response.Status.fromStatusCode(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    return new Problem("about:blank", title, status, detail, errors);
  }

  public Response.ResponseBuilder response() {
    return Response.status(status).type(TYPE).entity(this);
  }

  private static String detail(int status) {
    return switch (status) {
      case 400 -> "The request is malformed.";
      case 401 ->
          "Authenticate with the admin token, or with the user name and password of a portal user.";
      case 403 -> "You must be a member of the group operator or site_admin.";
      case 404 -> "Not found.";
      case 405 -> "This address does not accept the method of the request.";
      case 406 -> "None of the media types in the Accept header is available.";
      case 413 -> "The request body is too large.";
      case 415 -> "This address does not accept the Content-Type of the request.";
      case 429 -> "Too many failed logins. Retry-After says when to try again.";
      case 503 -> "The database cannot be used at the moment. See the server log.";
      default -> status < 500 ? "The request was refused." : "Internal error. See the server log.";
    };
  }
}

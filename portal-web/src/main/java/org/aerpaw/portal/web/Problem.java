package org.aerpaw.portal.web;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * An answer that says what is wrong, as RFC 9457 has it: {@code type, title, status, detail} and,
 * where there are several, {@code errors}.
 */
final class Problem {

  static final MediaType TYPE = new MediaType("application", "problem+json");
  static final int PAYLOAD_TOO_LARGE = 413;

  private Problem() {}

  static JsonObject json(int status, String detail, JsonArray errors) {
    Response.Status known = Response.Status.fromStatusCode(status);
    var json =
        Json.createObjectBuilder()
            .add("type", "about:blank")
            .add("title", known == null ? "Error" : known.getReasonPhrase())
            .add("status", status)
            .add("detail", detail);
    if (!errors.isEmpty()) {
      json.add("errors", errors);
    }
    return json.build();
  }

  static Response.ResponseBuilder response(int status, String detail) {
    return response(status, detail, JsonValue.EMPTY_JSON_ARRAY);
  }

  static Response.ResponseBuilder response(int status, String detail, JsonArray errors) {
    return Response.status(status).type(TYPE).entity(json(status, detail, errors).toString());
  }

  /** 400 with all that is off, an error each. */
  static Response badRequest(List<String> problems) {
    JsonArrayBuilder errors = Json.createArrayBuilder();
    problems.forEach(problem -> errors.add(Json.createObjectBuilder().add("reason", problem)));
    return response(
            Response.Status.BAD_REQUEST.getStatusCode(),
            String.join("; ", problems),
            errors.build())
        .build();
  }

  /** What a status says where nothing more is known. */
  static String detail(int status) {
    return switch (status) {
      case 400 -> "The request is malformed.";
      case 401 -> "This needs the admin token, or a portal user's name and password.";
      case 403 -> "This is for operators and site admins.";
      case 404 -> "There is nothing of this name.";
      case 405 -> "This cannot be done here with this method.";
      case 406 -> "This is not to be had in a form that the request accepts.";
      case 413 -> "The request's body is too large.";
      case 415 -> "The request's body must be application/json.";
      case 429 -> "Too many sign-ins failed; Retry-After tells when to try again.";
      case 503 -> "The database is away.";
      default ->
          status < 500
              ? "The request cannot be answered."
              : "Something went wrong here; the server's log has the reason.";
    };
  }
}

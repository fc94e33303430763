package org.aerpaw.portal.web.request;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.validation.Validator;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.binding.JsonShape;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.web.errors.Problem;

/**
 * Reads request bodies strictly: duplicate and unknown members, wrong types and values outside of
 * the constraints of Bean Validation are all reported. An empty body is an empty object. Members
 * that are absent have the values of the record's constant {@code DEFAULT}.
 */
@Provider
public class SubmittedReader implements MessageBodyReader<SubmittedRequest<?>> {

  /** Enough for the 100,000 keys that a selection may have. */
  private static final int MAX_BYTES = 2 * 1024 * 1024;

  @Inject private Validator validator;

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == SubmittedRequest.class;
  }

  /**
   * @throws BadRequestException if the body is not a JSON object
   * @throws ClientErrorException with status 413 if it is larger than any sensible request
   */
  @Override
  public SubmittedRequest<?> readFrom(
      Class<SubmittedRequest<?>> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    Type request = ((ParameterizedType) genericType).getActualTypeArguments()[0];
    return submitted(parse(body), ((Class<?>) request).asSubclass(Record.class));
  }

  private <T extends Record> SubmittedRequest<T> submitted(JsonObject body, Class<T> type) {
    Map<String, String> misfits = JsonShape.problems(body, type, false);
    List<FixtureError> problems = new ArrayList<>();
    misfits.forEach((member, reason) -> problems.add(FixtureError.ofField(member, reason)));
    JsonObject defaults = JsonBinding.toJsonObject(defaults(type));
    var members = Json.createObjectBuilder(defaults);
    body.forEach(
        (name, value) -> {
          if (misfits.keySet().stream().noneMatch(member -> isPartOf(member, name))) {
            members.add(name, value);
          }
        });
    T request = JsonBinding.bind(members.build(), type);
    validator
        .validate(request)
        .forEach(
            violation -> {
              String member = violation.getPropertyPath().toString();
              if (!misfits.containsKey(member)) {
                problems.add(FixtureError.ofField(member, violation.getMessage()));
              }
            });
    return new SubmittedRequest<>(request, problems);
  }

  private static boolean isPartOf(String path, String member) {
    return path.equals(member) || path.startsWith(member + ".") || path.startsWith(member + "[");
  }

  private static <T extends Record> T defaults(Class<T> type) {
    try {
      return type.cast(type.getField("DEFAULT").get(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has no public constant DEFAULT", e);
    }
  }

  private static JsonObject parse(InputStream in) throws IOException {
    byte[] body = in.readNBytes(MAX_BYTES + 1);
    if (body.length > MAX_BYTES) {
      throw new ClientErrorException(Problem.PAYLOAD_TOO_LARGE);
    }
    if (body.length == 0) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try {
      return JsonBinding.parseObject(body);
    } catch (JsonException e) {
      throw badRequest("the body is " + e.getMessage());
    }
  }

  private static BadRequestException badRequest(String reason) {
    var problem = Problem.of(400, reason, List.of(FixtureError.of(reason)));
    return new BadRequestException(problem.response().build());
  }
}

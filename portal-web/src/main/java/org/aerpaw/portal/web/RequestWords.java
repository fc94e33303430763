package org.aerpaw.portal.web;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.ClientErrorException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.run.InvalidRequestException;

/**
 * A request's body, asked key by key. What is off is collected, for the client to learn all of it
 * at once. A key that is absent or null says nothing, unless a method tells otherwise, and so does
 * a body that is not there.
 */
final class RequestWords {

  /** Some hundred times as much as all names of apps, models and files. */
  private static final int MOST_BYTES = 64 * 1024;

  private final JsonObject body;
  private final List<String> problems = new ArrayList<>();

  private RequestWords(JsonObject body) {
    this.body = body;
  }

  /**
   * @param allowed the keys that mean something; any other one is a problem
   * @throws InvalidRequestException if the body is no JSON object
   * @throws ClientErrorException 413 if it is larger than any sensible request
   */
  static RequestWords read(InputStream in, Set<String> allowed)
      throws IOException, InvalidRequestException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new ClientErrorException(Problem.PAYLOAD_TOO_LARGE);
    }
    var words = new RequestWords(bytes.length == 0 ? JsonValue.EMPTY_JSON_OBJECT : parse(bytes));
    words.body.keySet().stream()
        .filter(key -> !allowed.contains(key))
        .forEach(
            key ->
                words.problem(
                    "unknown key '" + key + "', allowed are " + String.join(", ", allowed)));
    return words;
  }

  private static JsonObject parse(byte[] bytes) throws InvalidRequestException {
    JsonValue value;
    try (var parser = Json.createParser(new ByteArrayInputStream(bytes))) {
      parser.next();
      value = parser.getValue();
      if (parser.hasNext()) {
        throw new JsonException("text after the end");
      }
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw new InvalidRequestException(List.of("the body is not JSON"));
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new InvalidRequestException(List.of("the body is not a JSON object"));
  }

  List<String> strings(String key) {
    Optional<JsonValue> value = value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get().getValueType() == JsonValue.ValueType.ARRAY) {
      List<JsonValue> items = value.get().asJsonArray();
      if (items.stream().allMatch(JsonString.class::isInstance)) {
        return items.stream().map(item -> ((JsonString) item).getString()).toList();
      }
    }
    problem(key + " is a list of strings");
    return List.of();
  }

  List<Long> wholeNumbers(String key) {
    Optional<JsonValue> value = value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    try {
      if (value.get() instanceof JsonArray items) {
        return items.getValuesAs(JsonNumber::longValueExact);
      }
    } catch (ArithmeticException | ClassCastException e) {
      // Another kind of number, or none.
    }
    problem(key + " is a list of whole numbers");
    return List.of();
  }

  String string(String key, String otherwise) {
    Optional<JsonValue> value = value(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (value.get() instanceof JsonString text) {
      return text.getString();
    }
    problem(key + " is a string");
    return otherwise;
  }

  /** False where the key is absent. */
  boolean flag(String key) {
    Optional<JsonValue> value = value(key);
    if (value.isPresent() && value.get() != JsonValue.TRUE && value.get() != JsonValue.FALSE) {
      problem(key + " is true or false");
    }
    return value.isPresent() && value.get() == JsonValue.TRUE;
  }

  /** Null where the key is null, which here means something. */
  Integer numberOrNull(String key, Integer otherwise, int least, int most) {
    JsonValue value = body.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value == JsonValue.NULL) {
      return null;
    }
    if (value instanceof JsonNumber number
        && number.isIntegral()
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.intValue();
    }
    problem(key + " is a whole number from " + least + " to " + most + ", or null");
    return otherwise;
  }

  /** One of an enum's constants, written in lower case. */
  <E extends Enum<E>> E choice(String key, E otherwise) {
    Optional<JsonValue> value = value(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    E[] constants = otherwise.getDeclaringClass().getEnumConstants();
    List<String> names = Stream.of(constants).map(RequestWords::name).toList();
    int chosen = value.get() instanceof JsonString text ? names.indexOf(text.getString()) : -1;
    if (chosen < 0) {
      problem(key + " is " + String.join(" or ", names));
      return otherwise;
    }
    return constants[chosen];
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  void problem(String text) {
    problems.add(text);
  }

  /**
   * @throws InvalidRequestException if anything was off
   */
  void requireSound() throws InvalidRequestException {
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
  }

  private Optional<JsonValue> value(String key) {
    return Optional.ofNullable(body.get(key)).filter(value -> value != JsonValue.NULL);
  }
}

package org.aerpaw.portal.backup.binding;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes records as JSON and reads them back. */
public final class JsonBinding {

  private static final Jsonb JSONB = JsonbBuilder.create();
  private static final Jsonb INDENTED = JsonbBuilder.create(new JsonbConfig().withFormatting(true));

  private static final JsonReaderFactory STRICT =
      Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  private JsonBinding() {}

  /** Writes a value on one line; components that are null are left out. */
  public static String toJson(Object value) {
    return JSONB.toJson(value);
  }

  /** Converts a record to a JSON object. */
  public static JsonObject toJsonObject(Record value) {
    try (var reader = Json.createReader(new StringReader(toJson(value)))) {
      return reader.readObject();
    }
  }

  /** Writes a value on many lines, for people to read. */
  public static String toIndentedJson(Object value) {
    return INDENTED.toJson(value);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws JsonbException if the text is not JSON of this type
   */
  public static <T> T fromJson(String json, Class<T> type) {
    return JSONB.fromJson(json, type);
  }

  /**
   * Parses a JSON object strictly.
   *
   * @throws JsonException if it is not JSON, not an object, names a member twice, or if there is
   *     text after its end
   */
  public static JsonObject parseObject(byte[] json) {
    try (var parser = Json.createParser(new ByteArrayInputStream(json));
        var reader = STRICT.createReader(new ByteArrayInputStream(json))) {
      // The reader refuses duplicate members; the parser refuses text after the end.
      while (parser.hasNext()) {
        parser.next();
      }
      if (reader.readValue() instanceof JsonObject object) {
        return object;
      }
    } catch (RuntimeException e) {
      // If arrays or objects are nested too deeply, the parser throws a plain RuntimeException.
      throw new JsonException("not JSON, or names a member twice", e);
    }
    throw new JsonException("not a JSON object");
  }

  /**
   * Binds an object from an untrusted source; unknown members are ignored.
   *
   * @throws JsonbException naming the members that have the wrong type, or what the record's
   *     constructor does not accept
   */
  public static <T extends Record> T bind(JsonObject json, Class<T> type) {
    Map<String, String> problems = JsonShape.problems(json, type, true);
    if (!problems.isEmpty()) {
      throw new JsonbException(
          problems.entrySet().stream()
              .map(problem -> problem.getKey() + " " + problem.getValue())
              .collect(Collectors.joining("; ")));
    }
    try {
      return JSONB.fromJson(json.toString(), type);
    } catch (JsonbException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new JsonbException(root.getMessage(), e);
    }
  }
}

package org.aerpaw.portal.backup.binding;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;

/** Writes records as JSON and reads them back. */
public final class JsonBinding {

  private static final Jsonb JSONB = JsonbBuilder.create();
  private static final Jsonb INDENTED = JsonbBuilder.create(new JsonbConfig().withFormatting(true));

  private JsonBinding() {}

  /** Writes a value on one line; components that are null are left out. */
  public static String toJson(Object value) {
    return JSONB.toJson(value);
  }

  /** Writes a value on many lines, for people to read. */
  public static String toIndentedJson(Object value) {
    return INDENTED.toJson(value);
  }

  /**
   * Reads a value; unknown members are ignored.
   *
   * @throws JsonbException if the text is not JSON of this type
   */
  public static <T> T fromJson(String json, Class<T> type) {
    return JSONB.fromJson(json, type);
  }
}

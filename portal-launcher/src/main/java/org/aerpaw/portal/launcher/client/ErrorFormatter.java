package org.aerpaw.portal.launcher.client;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/**
 * The {@code errors} of a run or of a problem, a line each, from the outside in: file, object,
 * field, reason.
 */
final class ErrorFormatter {

  private ErrorFormatter() {}

  /**
   * @param otherwise the line where there are no errors
   */
  static List<String> of(JsonObject refused, String otherwise) {
    JsonArray errors = refused.getOrDefault("errors", JsonValue.EMPTY_JSON_ARRAY).asJsonArray();
    return errors.isEmpty()
        ? List.of(otherwise)
        : errors.getValuesAs(JsonObject.class).stream().map(ErrorFormatter::line).toList();
  }

  private static String line(JsonObject error) {
    var line = new StringBuilder();
    if (error.containsKey("file")) {
      line.append(error.getString("file"));
      if (error.containsKey("line")) {
        line.append(':').append(error.getInt("line")).append(':').append(error.getInt("column"));
      }
      line.append(": ");
    }
    if (error.containsKey("model")) {
      line.append(error.getString("model"));
      if (error.containsKey("pk")) {
        line.append("(pk=").append(error.getString("pk")).append(')');
      }
      line.append(": ");
    }
    if (error.containsKey("field")) {
      line.append(error.getString("field")).append(": ");
    }
    return line.append(error.getString("reason")).toString();
  }
}

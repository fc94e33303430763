package org.aerpaw.portal.backup.run;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.aerpaw.portal.backup.fixture.FixtureError;

/** Located errors as HTTP and the history have them; what is not known is left out. */
public final class ErrorJson {

  private ErrorJson() {}

  public static JsonArray write(List<FixtureError> errors) {
    var array = Json.createArrayBuilder();
    errors.forEach(error -> array.add(write(error)));
    return array.build();
  }

  static List<FixtureError> read(JsonArray errors) {
    return errors.getValuesAs((JsonObject error) -> read(error));
  }

  private static JsonObject write(FixtureError error) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    add(json, "file", error.file());
    if (error.line() != null) {
      json.add("line", error.line()).add("column", error.column());
    }
    add(json, "model", error.model());
    add(json, "pk", error.pk());
    add(json, "field", error.field());
    return json.add("reason", error.reason()).build();
  }

  private static FixtureError read(JsonObject json) {
    boolean located = json.containsKey("line");
    return new FixtureError(
        json.getString("file", null),
        located ? json.getInt("line") : null,
        located ? json.getInt("column") : null,
        json.getString("model", null),
        json.getString("pk", null),
        json.getString("field", null),
        json.getString("reason"));
  }

  private static void add(JsonObjectBuilder json, String name, String value) {
    if (value != null) {
      json.add(name, value);
    }
  }
}

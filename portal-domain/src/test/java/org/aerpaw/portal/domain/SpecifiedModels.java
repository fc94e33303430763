package org.aerpaw.portal.domain;

import static java.util.stream.Collectors.toMap;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.aerpaw.portal.domain.PortalModel.Field;
import org.aerpaw.portal.domain.PortalModel.Relation;

/** The portal's models as {@code portal-models.json} has them, in its order. */
final class SpecifiedModels {

  private static final List<JsonObject> JSON = read();

  private static final Map<String, JsonObject> BY_LABEL =
      JSON.stream().collect(toMap(model -> model.getString("model"), Function.identity()));

  private SpecifiedModels() {}

  static List<PortalModel> all() {
    return JSON.stream().map(SpecifiedModels::model).toList();
  }

  private static List<JsonObject> read() {
    try (var file = SpecifiedModels.class.getResourceAsStream("/portal-models.json");
        var reader = Json.createReader(file)) {
      return List.copyOf(reader.readArray().getValuesAs(JsonObject.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PortalModel model(JsonObject json) {
    var fields = json.getJsonArray("fields").getValuesAs(JsonObject.class);
    var columns =
        fields.stream().collect(toMap(f -> f.getString("name"), f -> f.getString("column")));
    return new PortalModel(
        json.getString("model"),
        json.getString("table"),
        fields.stream()
            .filter(field -> field.getBoolean("pk", false))
            .map(field -> field.getString("column"))
            .findFirst()
            .orElseThrow(),
        strings(json.getJsonArray("parents")),
        fields.stream()
            .filter(field -> !field.getBoolean("pk", false))
            .map(SpecifiedModels::field)
            .toList(),
        json.getJsonArray("m2m").getValuesAs(JsonObject.class).stream()
            .filter(list -> list.getBoolean("auto"))
            .map(SpecifiedModels::relation)
            .toList(),
        json.getJsonArray("unique_together").getValuesAs(JsonArray.class).stream()
            .map(names -> strings(names).stream().map(columns::get).toList())
            .toList());
  }

  private static Field field(JsonObject json) {
    return new Field(
        json.getString("name"),
        json.getString("column"),
        type(json),
        json.getBoolean("null"),
        json.getBoolean("unique", false),
        choices(json),
        initial(json.getOrDefault("default", JsonValue.NULL)),
        json.getString("to", null),
        json.getString("on_delete", "").equals("CASCADE"),
        json.getBoolean("auto_now_add", false));
  }

  private static String type(JsonObject field) {
    return switch (field.getString("type")) {
      case "CharField", "EmailField", "URLField" ->
          "character varying(" + field.getInt("max_length") + ")";
      case "TextField" -> "text";
      case "IntegerField", "ForeignKey" -> "integer";
      case "SmallIntegerField" -> "smallint";
      case "BooleanField" -> "boolean";
      case "FloatField" -> "double precision";
      case "DateTimeField" -> "timestamp with time zone";
      case "DateField" -> "date";
      case "TimeField" -> "time without time zone";
      default -> throw new IllegalArgumentException("cannot tell the type of " + field);
    };
  }

  private static List<String> choices(JsonObject field) {
    if (!field.containsKey("choices")) {
      return null;
    }
    var choices = new ArrayList<>(strings(field.getJsonArray("choices")));
    if (!field.getBoolean("null") && !field.containsKey("default")) {
      // A fixture that leaves such a field out stands for the empty text.
      choices.add("");
    }
    return choices;
  }

  private static Object initial(JsonValue value) {
    return switch (value.getValueType()) {
      case NULL -> null;
      case STRING -> ((JsonString) value).getString();
      case NUMBER -> ((JsonNumber) value).doubleValue();
      case TRUE -> true;
      case FALSE -> false;
      case ARRAY, OBJECT -> throw new IllegalArgumentException("cannot be a default: " + value);
    };
  }

  private static Relation relation(JsonObject json) {
    return new Relation(
        json.getString("name"),
        json.getString("to"),
        json.getString("table"),
        json.getString("source_column"),
        json.getString("target_column"),
        strings(BY_LABEL.get(json.getString("to")).getJsonArray("ordering")));
  }

  private static List<String> strings(JsonArray array) {
    return array.getValuesAs(JsonString::getString);
  }
}

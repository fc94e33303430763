package org.aerpaw.portal.benchmark.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FillTest {

  /** Every model there is, as the tests of the entities have it. */
  private static final Path MODELS =
      Path.of("../../portal-domain/src/test/resources/portal-models.json");

  @Test
  void everyModelAndEveryListShouldBeFilled() throws IOException {
    String script;
    try (var resource = Database.class.getResourceAsStream("fill.sql")) {
      script = new String(resource.readAllBytes(), UTF_8);
    }

    assertThat(tables())
        .hasSizeGreaterThan(30)
        .allSatisfy(table -> assertThat(script).containsPattern("INSERT INTO " + table + "\\s"));
  }

  private static List<String> tables() throws IOException {
    List<String> tables = new ArrayList<>();
    JsonArray models;
    try (var reader = Json.createReader(Files.newInputStream(MODELS))) {
      models = reader.readArray();
    }
    for (JsonObject model : models.getValuesAs(JsonObject.class)) {
      // Groups, permissions and content types are made with the tables.
      if (!model.getString("app").matches("auth|contenttypes")) {
        tables.add(model.getString("table"));
        for (JsonObject list : model.getJsonArray("m2m").getValuesAs(JsonObject.class)) {
          tables.add(list.getString("table"));
        }
      }
    }
    return tables;
  }
}

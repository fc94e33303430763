package org.aerpaw.portal.backup.load;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a load did, or would do.
 *
 * @param dryRun whether nothing of it was kept
 * @param undo the id of the set that holds what was replaced; null if nothing was
 * @param files objects by the name of the file
 * @param models counts by label
 * @param ignored what was passed over
 * @param notes what an operator should know, a sentence each
 */
record LoadReport(
    boolean dryRun,
    String undo,
    Map<String, Long> files,
    Map<String, Counts> models,
    SkippedObjects ignored,
    List<String> notes,
    Duration duration) {

  static final LoadReport LOADED_BEFORE =
      new LoadReport(
          false,
          null,
          Map.of(),
          Map.of(),
          new SkippedObjects(),
          List.of("these very files were loaded before"),
          Duration.ZERO);

  Counts all() {
    return models.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  long objects() {
    return files.values().stream().mapToLong(Long::longValue).sum();
  }

  JsonObject toJson() {
    var fileList = Json.createArrayBuilder();
    files.forEach(
        (name, objects) ->
            fileList.add(Json.createObjectBuilder().add("name", name).add("objects", objects)));
    var modelList = Json.createObjectBuilder();
    models.forEach(
        (label, counts) -> modelList.add(label, add(Json.createObjectBuilder(), counts)));
    JsonObjectBuilder json = Json.createObjectBuilder().add("dryRun", dryRun);
    if (undo != null) {
      json.add("undo", undo);
    }
    return add(json.add("objects", objects()), all())
        .add("files", fileList)
        .add("models", modelList)
        .add("ignored", ignored.toJson())
        .add("notes", Json.createArrayBuilder(notes))
        .add("seconds", BigDecimal.valueOf(duration.toMillis(), 3))
        .build();
  }

  private static JsonObjectBuilder add(JsonObjectBuilder json, Counts counts) {
    return json.add("created", counts.created())
        .add("updated", counts.updated())
        .add("unchanged", counts.unchanged())
        .add("deleted", counts.deleted());
  }
}

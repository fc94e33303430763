package org.aerpaw.portal.backup.dump;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.aerpaw.portal.backup.catalog.Manifest;

/**
 * What a dump did.
 *
 * @param linked the files that were taken over from the set before
 * @param notes what an operator should know, a sentence each
 */
record DumpReport(Manifest manifest, List<String> linked, List<String> notes, Duration duration) {

  JsonObject toJson() {
    var files = Json.createArrayBuilder();
    long objects = 0;
    for (var file : manifest.files().entrySet()) {
      boolean fresh = !linked.contains(file.getKey());
      objects += fresh ? file.getValue().objects() : 0;
      files.add(
          Json.createObjectBuilder()
              .add("name", file.getKey())
              .add("objects", file.getValue().objects())
              .add("bytes", file.getValue().bytes())
              .add("fresh", fresh));
    }
    return Json.createObjectBuilder()
        .add("set", manifest.id())
        .add("complete", manifest.complete())
        .add("objects", objects)
        .add("files", files)
        .add("leaving", manifest.toJson().getJsonArray("leaving"))
        .add("notes", Json.createArrayBuilder(notes))
        .add("seconds", BigDecimal.valueOf(duration.toMillis(), 3))
        .build();
  }
}

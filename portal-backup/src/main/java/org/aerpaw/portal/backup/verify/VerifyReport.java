package org.aerpaw.portal.backup.verify;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.aerpaw.portal.backup.catalog.Manifest;

/**
 * What was found good.
 *
 * @param notes what an operator should know, a sentence each
 */
record VerifyReport(Manifest manifest, List<String> notes, Duration duration) {

  JsonObject toJson() {
    var files = Json.createArrayBuilder();
    manifest
        .files()
        .forEach(
            (name, file) ->
                files.add(
                    Json.createObjectBuilder()
                        .add("name", name)
                        .add("objects", file.objects())
                        .add("bytes", file.bytes())));
    return Json.createObjectBuilder()
        .add("set", manifest.id())
        .add("objects", manifest.objects())
        .add("files", files)
        .add("notes", Json.createArrayBuilder(notes))
        .add("seconds", BigDecimal.valueOf(duration.toMillis(), 3))
        .build();
  }
}

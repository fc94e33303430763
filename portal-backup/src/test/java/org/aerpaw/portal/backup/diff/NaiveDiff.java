package org.aerpaw.portal.backup.diff;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.diff.DiffReport.Change;
import org.aerpaw.portal.backup.diff.DiffReport.ChangedField;
import org.aerpaw.portal.backup.diff.DiffReport.ComparedModel;
import org.aerpaw.portal.backup.diff.DiffReport.DifferentObject;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;

/** Compares two sets of plain JSON files in memory. */
record NaiveDiff(List<ComparedModel> models, List<DifferentObject> differences) {

  static NaiveDiff of(BackupSet from, BackupSet to, ModelRegistry registry) throws IOException {
    Map<String, Map<Long, JsonObject>> one = read(from);
    Map<String, Map<Long, JsonObject>> other = read(to);
    var diff = new NaiveDiff(new ArrayList<>(), new ArrayList<>());
    for (Model model : registry.models()) {
      diff.compare(
          model.label(),
          one.getOrDefault(model.label(), Map.of()),
          other.getOrDefault(model.label(), Map.of()));
    }
    return diff;
  }

  private static Map<String, Map<Long, JsonObject>> read(BackupSet set) throws IOException {
    Map<String, Map<Long, JsonObject>> objects = new TreeMap<>();
    for (String file : set.manifest().files().keySet()) {
      try (InputStream in = Files.newInputStream(set.folder().resolve(file));
          var reader = Json.createReader(in)) {
        for (JsonObject object : reader.readArray().getValuesAs(JsonObject.class)) {
          objects
              .computeIfAbsent(object.getString("model"), model -> new TreeMap<>())
              .put(object.getJsonNumber("pk").longValue(), object.getJsonObject("fields"));
        }
      }
    }
    return objects;
  }

  private void compare(String model, Map<Long, JsonObject> one, Map<Long, JsonObject> other) {
    long added = 0;
    long removed = 0;
    long changed = 0;
    long equal = 0;
    for (long pk :
        Stream.of(one, other)
            .flatMap(side -> side.keySet().stream())
            .distinct()
            .sorted()
            .toList()) {
      if (!one.containsKey(pk)) {
        added++;
        differences.add(new DifferentObject(model, pk, Change.ADDED, List.of()));
      } else if (!other.containsKey(pk)) {
        removed++;
        differences.add(new DifferentObject(model, pk, Change.REMOVED, List.of()));
      } else {
        List<ChangedField> fields = changedFields(one.get(pk), other.get(pk));
        if (fields.isEmpty()) {
          equal++;
        } else {
          changed++;
          differences.add(new DifferentObject(model, pk, Change.CHANGED, fields));
        }
      }
    }
    models.add(new ComparedModel(model, added, removed, changed, equal));
  }

  private static List<ChangedField> changedFields(JsonObject one, JsonObject other) {
    return one.keySet().stream()
        .filter(field -> !comparable(one.get(field)).equals(comparable(other.get(field))))
        .map(field -> new ChangedField(field, null))
        .toList();
  }

  private static Object comparable(JsonValue value) {
    return value instanceof JsonArray list ? new HashSet<>(list) : value;
  }
}

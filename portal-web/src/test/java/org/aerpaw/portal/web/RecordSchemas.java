package org.aerpaw.portal.web;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.aerpaw.portal.backup.BackupEngine;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.load.source.SkippedCounts;
import org.aerpaw.portal.backup.run.RunReport;

/** Derives the schemas of an API description from the records that JSON-B binds. */
final class RecordSchemas {

  /** The names of schemas that were published before their records got other names. */
  private static final Map<Class<?>, String> PUBLISHED_NAMES =
      Map.of(
          Manifest.AppliedMask.class,
          "Mask",
          Manifest.ReferencedObject.class,
          "ReferencedIdentity",
          SkippedCounts.class,
          "Ignored");

  private final Map<String, Map<String, Object>> schemas = new TreeMap<>();

  private RecordSchemas() {}

  /** The schemas of some records and of all records they contain, by name. */
  static Map<String, Map<String, Object>> of(List<Class<? extends Record>> records) {
    var all = new RecordSchemas();
    records.forEach(all::reference);
    return all.schemas;
  }

  private Map<String, Object> reference(Class<?> type) {
    String name = PUBLISHED_NAMES.getOrDefault(type, type.getSimpleName());
    if (!schemas.containsKey(name)) {
      Map<String, Object> schema = new LinkedHashMap<>();
      schemas.put(name, schema);
      if (type == RunReport.class) {
        schema.put(
            "oneOf",
            BackupEngine.REPORT_TYPES.values().stream()
                .map(this::reference)
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .toList());
      } else {
        schema.put("type", "object");
        schema.put("properties", properties(type));
      }
    }
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  private Map<String, Object> properties(Class<?> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      properties.put(component.getName(), property(component));
    }
    return properties;
  }

  private Map<String, Object> property(RecordComponent component) {
    Map<String, Object> schema = new LinkedHashMap<>(schema(component.getGenericType()));
    if (component.getAccessor().isAnnotationPresent(JsonbNillable.class)) {
      schema.put("nullable", true);
    }
    Size size = component.getAccessor().getAnnotation(Size.class);
    if (size != null) {
      schema.put("maxLength", size.max());
    }
    Min min = component.getAccessor().getAnnotation(Min.class);
    if (min != null) {
      schema.put("minimum", (int) min.value());
    }
    Max max = component.getAccessor().getAnnotation(Max.class);
    if (max != null) {
      schema.put("maximum", (int) max.value());
    }
    return schema;
  }

  private Map<String, Object> schema(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return Map.class.isAssignableFrom((Class<?>) generic.getRawType())
          ? ordered("type", "object", "additionalProperties", schema(arguments[1]))
          : ordered("type", "array", "items", schema(arguments[0]));
    }
    var raw = (Class<?>) type;
    if (raw.isEnum()) {
      List<String> names =
          Arrays.stream(raw.getEnumConstants())
              .map(constant -> LowerCaseEnum.text((Enum<?>) constant))
              .toList();
      return ordered("type", "string", "enum", names);
    }
    if (raw == String.class || raw.isAnnotationPresent(JsonbTypeAdapter.class)) {
      return Map.of("type", "string");
    }
    if (raw == UUID.class) {
      return ordered("type", "string", "format", "uuid");
    }
    if (raw == Instant.class) {
      return ordered("type", "string", "format", "date-time");
    }
    if (raw == boolean.class) {
      return Map.of("type", "boolean");
    }
    if (raw == int.class || raw == Integer.class) {
      return ordered("type", "integer", "format", "int32");
    }
    if (raw == long.class || raw == Long.class) {
      return ordered("type", "integer", "format", "int64");
    }
    if (raw == BigDecimal.class) {
      return Map.of("type", "number");
    }
    return reference(raw);
  }

  private static Map<String, Object> ordered(String one, Object first, String two, Object second) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(one, first);
    map.put(two, second);
    return map;
  }
}

package org.aerpaw.portal.backup.binding;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks that JSON has the types of a record's components before JSON-B binds it. JSON-B alone
 * converts what does not fit: 1.5 becomes 1, and "x" becomes false. Null and absent members are
 * left to the record; lists contain no nulls.
 */
public final class JsonShape {

  private final Map<String, String> problems = new LinkedHashMap<>();
  private final boolean allowUnknown;

  private JsonShape(boolean allowUnknown) {
    this.allowUnknown = allowUnknown;
  }

  /**
   * Finds every member that has the wrong type.
   *
   * @param allowUnknown whether members that the record does not have are allowed
   * @return what is wrong by the path of the member, such as {@code pks[0]}; empty if nothing is
   */
  public static Map<String, String> problems(
      JsonObject json, Class<? extends Record> type, boolean allowUnknown) {
    var shape = new JsonShape(allowUnknown);
    shape.checkRecord("", json, type);
    return shape.problems;
  }

  private void checkRecord(String path, JsonObject json, Class<?> type) {
    Map<String, Type> components =
        Stream.of(type.getRecordComponents())
            .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getGenericType));
    json.forEach(
        (name, value) -> {
          String member = path.isEmpty() ? name : path + "." + name;
          if (components.containsKey(name)) {
            check(member, value, components.get(name));
          } else if (!allowUnknown) {
            problems.put(
                member,
                "unknown member; allowed: "
                    + String.join(", ", new TreeSet<>(components.keySet())));
          }
        });
  }

  private void check(String path, JsonValue value, Type type) {
    if (value == JsonValue.NULL) {
      return;
    }
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type[] arguments = generic.getActualTypeArguments();
      if (Map.class.isAssignableFrom(raw)) {
        checkMap(path, value, arguments[1]);
      } else {
        checkList(path, value, arguments[0]);
      }
    } else {
      checkValue(path, value, (Class<?>) type);
    }
  }

  private void checkMap(String path, JsonValue value, Type type) {
    if (value instanceof JsonObject object) {
      object.forEach((key, item) -> check(path + "." + key, item, type));
    } else {
      problems.put(path, "must be an object");
    }
  }

  private void checkList(String path, JsonValue value, Type type) {
    if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        checkItem(path + "[" + i + "]", array.get(i), type);
      }
    } else {
      problems.put(path, "must be a list");
    }
  }

  private void checkItem(String path, JsonValue value, Type type) {
    require(value != JsonValue.NULL, path, "must not be null");
    check(path, value, type);
  }

  private void checkValue(String path, JsonValue value, Class<?> type) {
    if (type.isRecord()) {
      if (value instanceof JsonObject object) {
        checkRecord(path, object, type);
      } else {
        problems.put(path, "must be an object");
      }
    } else if (type.isEnum()) {
      List<String> names =
          Stream.of(type.getEnumConstants())
              .map(constant -> LowerCaseEnum.text((Enum<?>) constant))
              .toList();
      require(
          value instanceof JsonString text && names.contains(text.getString()),
          path,
          "must be " + String.join(" or ", names));
    } else if (type == String.class || type.isAnnotationPresent(JsonbTypeAdapter.class)) {
      require(value instanceof JsonString, path, "must be a string");
    } else if (type == boolean.class) {
      require(value == JsonValue.TRUE || value == JsonValue.FALSE, path, "must be true or false");
    } else if (type == BigDecimal.class) {
      require(value instanceof JsonNumber, path, "must be a number");
    } else if (type == Instant.class) {
      require(isInstant(value), path, "must be a time such as 2026-11-22T09:30:00Z");
    } else if (type == long.class || type == Long.class) {
      require(isWhole(value, JsonNumber::longValueExact), path, "must be a whole number");
    } else if (type == int.class || type == Integer.class) {
      require(isWhole(value, JsonNumber::intValueExact), path, "must be a whole number");
    } else {
      throw new IllegalArgumentException("no check for " + type);
    }
  }

  private static boolean isInstant(JsonValue value) {
    try {
      return value instanceof JsonString text && Instant.parse(text.getString()) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isWhole(JsonValue value, ToLongFunction<JsonNumber> exactValue) {
    try {
      return value instanceof JsonNumber number
          && exactValue.applyAsLong(number) == number.longValue();
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private void require(boolean fits, String path, String expected) {
    if (!fits) {
      problems.put(path, expected);
    }
  }
}

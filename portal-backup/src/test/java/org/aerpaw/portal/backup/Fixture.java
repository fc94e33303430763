package org.aerpaw.portal.backup;

import static java.util.stream.Collectors.joining;

import jakarta.json.spi.JsonProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The text of fixtures for tests, an object a line, so that the object with index 0 stands in line
 * 2.
 */
public final class Fixture {

  /** One object; {@link #with} makes others of it. */
  public record Item(String model, Object pk, Map<String, Object> fields) {

    public Item with(String field, Object value) {
      var more = new LinkedHashMap<>(fields);
      more.put(field, value);
      return new Item(model, pk, more);
    }

    public Item without(String field) {
      var less = new LinkedHashMap<>(fields);
      less.remove(field);
      return new Item(model, pk, less);
    }

    @Override
    public String toString() {
      String members =
          fields.entrySet().stream()
              .map(field -> json(field.getKey()) + ": " + json(field.getValue()))
              .collect(joining(", ", "{", "}"));
      return "{\"model\": %s, \"pk\": %s, \"fields\": %s}"
          .formatted(json(model), json(pk), members);
    }
  }

  /** Looked up once: every lookup searches the class path. */
  private static final JsonProvider JSON = JsonProvider.provider();

  private static final String MOMENT = "2022-01-01T00:00:01Z";

  private Fixture() {}

  public static String fixture(Item... items) {
    return Stream.of(items).map(Item::toString).collect(joining(",\n", "[\n", "\n]\n"));
  }

  /**
   * @param pk null for none
   */
  public static Item object(String model, Object pk) {
    return new Item(model, pk, Map.of());
  }

  /** Has no field but its name and a list. */
  public static Item group(Object pk, String name) {
    return object("auth.group", pk).with("name", name);
  }

  public static Item profile(Object pk) {
    return timestamped("profiles.aerpawuserprofile", pk);
  }

  /** Its name is {@code user} and the key. */
  public static Item user(Object pk) {
    return timestamped("users.aerpawuser", pk).with("username", "user" + pk);
  }

  public static Item credentials(Object pk, int owner) {
    return timestamped("credentials.publiccredentials", pk)
        .with("expiry_date", MOMENT)
        .with("owner", owner);
  }

  public static Item project(Object pk, int creator) {
    return timestamped("projects.aerpawproject", pk).with("project_creator", creator);
  }

  public static Item canonicalNumber(Object pk, int number) {
    return timestamped("operations.canonicalnumber", pk).with("canonical_number", number);
  }

  public static Item experiment(Object pk, int creator, int project, int canonicalNumber) {
    return timestamped("experiments.aerpawexperiment", pk)
        .with("experiment_creator", creator)
        .with("project", project)
        .with("canonical_number", canonicalNumber);
  }

  public static Item session(Object pk, int experiment) {
    return timestamped("experiments.ondemandsession", pk).with("experiment", experiment);
  }

  /** Its key is that of the session that it extends. */
  public static Item scheduledSession(Object pk) {
    return object("experiments.scheduledsession", pk);
  }

  /** Has fields of every kind but text without an end. */
  public static Item fieldTrip(Object pk) {
    return timestamped("experiment_info.fieldtrip", pk);
  }

  private static Item timestamped(String model, Object pk) {
    return object(model, pk).with("created", MOMENT).with("modified", MOMENT);
  }

  private static String json(Object value) {
    if (value instanceof String text) {
      return JSON.createValue(text).toString();
    }
    if (value instanceof List<?> items) {
      return items.stream().map(Fixture::json).collect(joining(", ", "[", "]"));
    }
    return String.valueOf(value);
  }
}

package org.aerpaw.portal.backup.selection;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;

/**
 * The objects that a request names.
 *
 * @param keys at least one
 * @param limit the maximum number of selected objects
 */
public record RequestedObjects(Set<ObjectKey> keys, RelatedObjects with, int limit) {

  public static final int DEFAULT_LIMIT = 1000;

  /** Fits into memory. Whoever needs more objects can load whole files. */
  public static final int MAX_LIMIT = 100_000;

  /** The constraint of a limit for Bean Validation. */
  public static final String LIMIT = "must be 1 to 100000";

  private static final String OBJECTS = "objects";

  /**
   * Reads the members {@code objects}, {@code with} and {@code limit} of a request.
   *
   * @param objects models and keys, such as {@code projects.aerpawproject:7,8}
   * @param with may be null for {@link RelatedObjects#NOTHING}
   * @param limit may be null for {@link #DEFAULT_LIMIT}
   * @param problems receives everything that is wrong with them
   * @return empty if no objects are named
   */
  public static Optional<RequestedObjects> of(
      List<String> objects,
      RelatedObjects with,
      Integer limit,
      ModelRegistry registry,
      List<FixtureError> problems) {
    if (objects.isEmpty()) {
      if (with != null) {
        problems.add(FixtureError.ofField("with", "allowed only with objects"));
      }
      if (limit != null) {
        problems.add(FixtureError.ofField("limit", "allowed only with objects"));
      }
      return Optional.empty();
    }
    Set<ObjectKey> keys = new LinkedHashSet<>();
    for (String text : objects) {
      keys.addAll(parse(text, registry, problems));
    }
    return Optional.of(
        new RequestedObjects(
            keys,
            with == null ? RelatedObjects.NOTHING : with,
            limit == null ? DEFAULT_LIMIT : limit));
  }

  private static List<ObjectKey> parse(
      String text, ModelRegistry registry, List<FixtureError> problems) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      problems.add(
          FixtureError.ofField(
              OBJECTS, "must be a model and keys such as users.aerpawuser:7,8, but is " + text));
      return List.of();
    }
    String label = text.substring(0, colon).strip();
    Optional<Model> model = registry.find(label);
    if (model.isEmpty()) {
      problems.add(FixtureError.ofField(OBJECTS, "unknown model: " + label));
      return List.of();
    }
    List<ObjectKey> keys = new ArrayList<>();
    for (String key : text.substring(colon + 1).split(",", -1)) {
      try {
        keys.add(new ObjectKey(model.get(), (Long) model.get().convertKey(key.strip())));
      } catch (BadValueException e) {
        problems.add(
            FixtureError.ofField(
                OBJECTS, "'" + key + "' is not a key of " + model.get() + ": " + e.getMessage()));
      }
    }
    return keys;
  }
}

package org.aerpaw.portal.backup.load.source;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aerpaw.portal.backup.model.Model;

/**
 * Counts the objects and values that a load skips because their model or field is unknown. Names
 * beyond the first hundred are counted together.
 */
public final class SkippedObjects {

  private static final int MAX_NAMES = 100;
  private static final int MAX_NAME_LENGTH = 200;
  private static final String OTHERS = "others";

  private final Map<String, Long> models = new TreeMap<>();
  private final Map<String, Long> fields = new TreeMap<>();

  void addObject(String label) {
    count(models, label.toLowerCase(Locale.ROOT));
  }

  void addField(Model model, String field) {
    count(fields, model.label() + "." + field);
  }

  /** A warning if anything was skipped. */
  Optional<String> warning() {
    if (models.isEmpty() && fields.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "skipped unknown models and fields: "
            + sum(models)
            + " objects"
            + names(models)
            + ", "
            + sum(fields)
            + " values"
            + names(fields));
  }

  public SkippedCounts counts() {
    return new SkippedCounts(models, fields);
  }

  private static void count(Map<String, Long> counts, String name) {
    String shown = name.length() > MAX_NAME_LENGTH ? name.substring(0, MAX_NAME_LENGTH) : name;
    boolean known = counts.containsKey(shown) || counts.size() < MAX_NAMES;
    counts.merge(known ? shown : OTHERS, 1L, Long::sum);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String names(Map<String, Long> counts) {
    return counts.isEmpty() ? "" : counts.keySet().stream().collect(joining(", ", " (", ")"));
  }
}

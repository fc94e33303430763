package org.aerpaw.portal.backup.load.source;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aerpaw.portal.backup.model.Model;

/**
 * What a load passed over because there is no such model or field: how often, by name. Names beyond
 * a hundred count as one.
 */
public final class SkippedObjects {

  private static final int MOST_NAMES = 100;
  private static final int LONGEST_NAME = 200;
  private static final String OTHERS = "others";

  private final Map<String, Long> models = new TreeMap<>();
  private final Map<String, Long> fields = new TreeMap<>();

  /** An object of a model that is not known. */
  void addObject(String label) {
    count(models, label.toLowerCase(Locale.ROOT));
  }

  /** A field that the model does not have. */
  void addField(Model model, String field) {
    count(fields, model.label() + "." + field);
  }

  /** A sentence, if there is anything. */
  Optional<String> note() {
    if (models.isEmpty() && fields.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "skipped, since there are no such models and fields: "
            + sum(models)
            + " objects"
            + names(models)
            + ", "
            + sum(fields)
            + " values"
            + names(fields));
  }

  /** The counts for the report. */
  public Ignored counts() {
    return new Ignored(models, fields);
  }

  private static void count(Map<String, Long> counts, String name) {
    String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    boolean known = counts.containsKey(shown) || counts.size() < MOST_NAMES;
    counts.merge(known ? shown : OTHERS, 1L, Long::sum);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String names(Map<String, Long> counts) {
    return counts.isEmpty() ? "" : counts.keySet().stream().collect(joining(", ", " (", ")"));
  }
}

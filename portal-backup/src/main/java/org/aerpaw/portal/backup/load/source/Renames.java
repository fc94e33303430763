package org.aerpaw.portal.backup.load.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;

/**
 * Finds the models of objects in files that were written before models or fields were renamed. Old
 * names are those in the files, new names those of the portal, so a name is replaced only once.
 * Values of fields are not changed. Immutable.
 */
public final class Renames {

  private static final String MEMBER = "rename";
  private static final String NAME = "[^.\\s]+\\.[^.\\s]+(\\.[^.\\s]+)?";

  private final ModelRegistry registry;

  /** The new label by the old one. */
  private final Map<String, String> labels = new TreeMap<>();

  /** The new name of a field by the old one, by the label in files. */
  private final Map<String, Map<String, String>> fields = new TreeMap<>();

  private Renames(ModelRegistry registry) {
    this.registry = registry;
  }

  /** Finds models by their own labels only. */
  public static Renames none(ModelRegistry registry) {
    return new Renames(registry);
  }

  /**
   * Reads the member {@code rename} of a request.
   *
   * @param names the new label by the old one, and {@code label.field} likewise
   * @param problems receives everything that is wrong with them
   */
  public static Renames of(
      Map<String, String> names, ModelRegistry registry, List<FixtureError> problems) {
    var renames = new Renames(registry);
    Map<String, String> fields = new LinkedHashMap<>();
    names.forEach(
        (from, to) -> {
          if (to == null || !from.matches(NAME) || !to.matches(NAME) || dots(from) != dots(to)) {
            report(
                problems,
                "must be old and new names of models, such as users.aerpawuser, or of fields, such"
                    + " as users.aerpawuser.email, but is %s=%s",
                from,
                to);
          } else if (dots(from) == 1) {
            renames.addLabel(from, to, problems);
          } else {
            fields.put(from, to);
          }
        });
    fields.forEach((from, to) -> renames.addField(from, to, problems));
    return renames;
  }

  private void addLabel(String from, String to, List<FixtureError> problems) {
    String before = lower(from);
    String after = lower(to);
    if (registry.find(after).isEmpty()) {
      report(problems, "no such model: %s, the new name of %s", to, from);
    }
    if (before.equals(after)) {
      report(problems, "the old and the new name are the same: %s", from);
    }
    add(labels, before, after, "", problems);
  }

  private void addField(String from, String to, List<FixtureError> problems) {
    String before = lower(from.substring(0, from.lastIndexOf('.')));
    String after = labels.getOrDefault(before, before);
    String field = to.substring(to.lastIndexOf('.') + 1);
    Optional<Model> model = registry.find(after);
    if (!lower(to.substring(0, to.lastIndexOf('.'))).equals(after)) {
      report(
          problems,
          "the new name of %s must be a field of %s, but is %s; the old name is"
              + " the one in the files, the new name that of the portal",
          from,
          after,
          to);
    } else if (model.isEmpty()) {
      report(problems, "no such model: %s; if it was renamed, add its old and new name too", after);
    } else if (names(model.get()).noneMatch(field::equals)) {
      report(problems, "no such field: %s, the new name of %s", to, from);
    }
    add(
        fields.computeIfAbsent(before, label -> new TreeMap<>()),
        from.substring(from.lastIndexOf('.') + 1),
        field,
        before + ".",
        problems);
  }

  /**
   * @param prefix what comes before the old names in messages: the label of a field, or nothing
   */
  private static void add(
      Map<String, String> renamed,
      String from,
      String to,
      String prefix,
      List<FixtureError> problems) {
    renamed.forEach(
        (other, name) -> {
          if (name.equals(to) && !other.equals(from)) {
            report(
                problems,
                "%s and %s have the same new name: %s",
                prefix + other,
                prefix + from,
                to);
          }
        });
    if (renamed.put(from, to) != null) {
      report(problems, "%s has two new names", prefix + from);
    }
  }

  private static Stream<String> names(Model model) {
    return Stream.concat(
        model.fields().stream().map(Field::name), model.lists().stream().map(ListField::name));
  }

  /** Finds the model of objects with this label in a file, ignoring case. */
  public Optional<Model> find(String label) {
    return registry.find(labels.isEmpty() ? label : labels.getOrDefault(lower(label), label));
  }

  /** The models of objects with these labels in a file. */
  public List<Model> findAll(Collection<String> labels) {
    return labels.stream().flatMap(label -> find(label).stream()).distinct().toList();
  }

  /** The models of an app, and those that models of this app in files have been renamed to. */
  public List<Model> models(String app) {
    return Stream.concat(
            registry.models(app).stream(),
            labels.keySet().stream()
                .filter(label -> label.startsWith(app + "."))
                .flatMap(label -> find(label).stream()))
        .distinct()
        .toList();
  }

  /** The new names of the fields of objects with this label in a file, by the old ones. */
  public Map<String, String> fields(String label) {
    return fields.isEmpty() ? Map.of() : fields.getOrDefault(lower(label), Map.of());
  }

  /** Whether objects of a file with this label have this field under this name. */
  public boolean isFieldInFile(String label, String nameInFile, String field) {
    return fields(label).getOrDefault(nameInFile, nameInFile).equals(field);
  }

  /**
   * Changes the names in an error to those in the file, and adds the new ones.
   *
   * @param label the label in the file
   * @param error with the field's name in the file
   */
  public FixtureError explain(String label, FixtureError error) {
    String model = labels.get(lower(label));
    String field = error.field() == null ? null : fields(label).get(error.field());
    if (model == null && field == null) {
      return error;
    }
    return new FixtureError(
        error.file(),
        error.line(),
        error.column(),
        lower(label),
        error.pk(),
        error.field(),
        field == null
            ? "%s (the model is now named %s in the portal)"
                .formatted(error.reason(), error.model())
            : "%s (the field is now named %s.%s in the portal)"
                .formatted(error.reason(), error.model(), field));
  }

  /**
   * A warning for each old name that no object had.
   *
   * @param used the labels, and labels with fields, that objects had; labels are in lower case
   */
  List<String> warnings(Set<String> used) {
    List<String> names = new ArrayList<>(labels.keySet());
    fields.forEach(
        (label, renamed) -> renamed.keySet().forEach(field -> names.add(label + "." + field)));
    return names.stream()
        .filter(name -> !used.contains(name))
        .map(name -> "no object has the old name " + name)
        .toList();
  }

  static String lower(String label) {
    return label.toLowerCase(Locale.ROOT);
  }

  private static long dots(String name) {
    return name.chars().filter(c -> c == '.').count();
  }

  private static void report(List<FixtureError> problems, String reason, Object... names) {
    problems.add(FixtureError.ofField(MEMBER, reason.formatted(names)));
  }
}

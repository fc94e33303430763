package org.aerpaw.portal.backup.masking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.Column;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.column.TextColumn;

/**
 * Compares a profile with the models. Each field with text needs a rule, so that a new column is
 * never dumped unmasked merely because nobody thought of it.
 */
final class ProfileCheck {

  private final String file;
  private final MaskingProfile profile;
  private final ModelRegistry registry;
  private final List<FixtureError> problems = new ArrayList<>();
  private final Map<Model, Map<Column, MaskingRule>> rules = new HashMap<>();

  /**
   * @param file the name of the profile's file, for errors
   */
  ProfileCheck(String file, MaskingProfile profile, ModelRegistry registry) {
    this.file = file;
    this.profile = profile;
    this.registry = registry;
  }

  /** Everything that is wrong with the profile; empty if it can be applied. */
  List<FixtureError> problems() {
    profile
        .models()
        .forEach(
            (label, fields) -> {
              Optional<Model> model =
                  registry.find(label).filter(found -> found.label().equals(label));
              if (model.isEmpty()) {
                report(label, null, "unknown model");
              } else {
                fields.forEach((field, rule) -> check(model.get(), field, rule));
              }
            });
    registry.models().forEach(this::requireRules);
    return problems;
  }

  /** The rules of the columns that have one, if there are no {@link #problems}. */
  Map<Model, Map<Column, MaskingRule>> rules() {
    return rules;
  }

  private void check(Model model, String name, String text) {
    Optional<Field> field =
        model.fields().stream().filter(one -> one.name().equals(name)).findFirst();
    Optional<MaskingRule> rule = Optional.ofNullable(text).flatMap(MaskingRule::parse);
    if (model.lists().stream().anyMatch(list -> list.name().equals(name))
        || field.filter(Field::isReference).isPresent()) {
      report(model.label(), name, "references are not masked, so they cannot have a rule");
    } else if (field.isEmpty()) {
      report(model.label(), name, "unknown field");
    } else if (rule.isEmpty()) {
      report(model.label(), name, "unknown rule; allowed: " + MaskingMethod.rules());
    } else {
      rule.get()
          .problem(field.get(), isUnique(model, field.get()))
          .ifPresent(problem -> report(model.label(), name, problem));
      rules.computeIfAbsent(model, any -> new HashMap<>()).put(field.get().column(), rule.get());
    }
  }

  private void requireRules(Model model) {
    Map<String, String> given = profile.models().getOrDefault(model.label(), Map.of());
    for (Field field : model.fields()) {
      boolean isText = !field.isReference() && field.column().type() instanceof TextColumn;
      if (isText && !given.containsKey(field.name())) {
        report(
            model.label(),
            field.name(),
            "the field contains text, and the masking profile has no rule for it");
      }
    }
  }

  private static boolean isUnique(Model model, Field field) {
    return model.uniques().stream().anyMatch(together -> together.contains(field));
  }

  private void report(String model, String field, String reason) {
    problems.add(new FixtureError(file, null, null, model, null, field, reason));
  }
}

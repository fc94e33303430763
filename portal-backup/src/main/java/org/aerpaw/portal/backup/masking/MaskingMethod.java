package org.aerpaw.portal.backup.masking;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happens to the values of a field. Nulls stay nulls. */
enum MaskingMethod {
  /** They are written as they are. */
  KEEP("keep", 0, false, true),
  /** They become null. */
  NULL("null", 0, false, false),
  /** They become the value after the colon. */
  FIXED("fixed:VALUE", 0, false, false),
  /** They become letters and digits. */
  HASH("hash", Pseudonyms.HASH_LENGTH, true, true),
  /** They become two words followed by letters and digits. */
  NAME("name", Pseudonyms.MAX_NAME_LENGTH, true, true),
  /** They become a mail address made from the pseudonym that {@link #NAME} gives the same value. */
  EMAIL("email", Pseudonyms.MAX_EMAIL_LENGTH, true, true),
  /** They become meaningless words of the same total length. */
  TEXT("text", 0, true, false),
  /** They become a hash that no password matches in Django. */
  UNUSABLE_PASSWORD("unusable-password", Pseudonyms.PASSWORD_LENGTH, true, true);

  private final String rule;
  private final int length;
  private final boolean generated;
  private final boolean unique;

  MaskingMethod(String rule, int length, boolean generated, boolean unique) {
    this.rule = rule;
    this.length = length;
    this.generated = generated;
    this.unique = unique;
  }

  /** The method of a rule; empty if there is none. */
  static Optional<MaskingMethod> of(String rule) {
    return rule.startsWith(MaskingRule.FIXED_PREFIX)
        ? Optional.of(FIXED)
        : Stream.of(values())
            .filter(method -> method != FIXED && method.rule.equals(rule))
            .findFirst();
  }

  /** All rules, for errors. */
  static String rules() {
    return Stream.of(values()).map(method -> method.rule).collect(Collectors.joining(", "));
  }

  /** The rules after which different values are still different, for errors. */
  static String uniqueRules() {
    return Stream.of(values())
        .filter(MaskingMethod::keepsUnique)
        .map(method -> method.rule)
        .collect(Collectors.joining(", "));
  }

  /** The number of characters that the column must have; 0 for any. */
  int length() {
    return length;
  }

  /** Whether the values are derived from texts. */
  boolean isGenerated() {
    return generated;
  }

  /** Whether different values stay different. */
  boolean keepsUnique() {
    return unique;
  }

  @Override
  public String toString() {
    return rule;
  }
}

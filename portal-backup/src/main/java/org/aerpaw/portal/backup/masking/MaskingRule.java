package org.aerpaw.portal.backup.masking;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.column.ColumnType;
import org.aerpaw.portal.backup.model.column.ConversionWarnings;
import org.aerpaw.portal.backup.model.column.JsonValueWriter;
import org.aerpaw.portal.backup.model.column.TextColumn;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;

/**
 * The rule of a profile for a field.
 *
 * @param fixed the value of {@link MaskingMethod#FIXED} as written in the profile; null for others
 */
record MaskingRule(MaskingMethod method, String fixed) {

  static final String FIXED_PREFIX = "fixed:";

  /** Parses a rule; empty if there is no such rule. */
  static Optional<MaskingRule> parse(String rule) {
    return MaskingMethod.of(rule)
        .map(
            method ->
                new MaskingRule(
                    method,
                    method == MaskingMethod.FIXED ? rule.substring(FIXED_PREFIX.length()) : null));
  }

  /**
   * Finds out why the rule cannot be applied to a field.
   *
   * @param unique whether the values of the field must be unique, alone or together with those of
   *     other fields
   */
  Optional<String> problem(Field field, boolean unique) {
    if (unique && !method.keepsUnique()) {
      return Optional.of(
          "its values must stay unique, so only these rules are possible: "
              + MaskingMethod.uniqueRules());
    }
    if (method == MaskingMethod.NULL && !field.nullable()) {
      return Optional.of("null is not allowed");
    }
    if (method.isGenerated()) {
      return field.column().type() instanceof TextColumn text
          ? tooShort(text)
          : Optional.of("the rule \"" + method + "\" is only for fields with text");
    }
    if (method == MaskingMethod.FIXED) {
      try {
        value(field.column().type());
      } catch (BadValueException e) {
        return Optional.of(e.getMessage());
      }
    }
    return Optional.empty();
  }

  private Optional<String> tooShort(TextColumn column) {
    return column.maxLength() < method.length()
        ? Optional.of(
            "the rule \"%s\" makes texts of %d characters, but the column takes only %d"
                .formatted(method, method.length(), column.maxLength()))
        : Optional.empty();
  }

  /** Writes what the values of a column become. */
  JsonValueWriter writer(ColumnType type, Pseudonyms pseudonyms) {
    return switch (method) {
      case KEEP -> type;
      case NULL -> replacing(DjangoJsonGenerator::writeNull);
      case FIXED -> fixed(type);
      case HASH, NAME, EMAIL, TEXT, UNUSABLE_PASSWORD ->
          (row, length, json) -> json.write(pseudonym((String) type.read(row, length), pseudonyms));
    };
  }

  /** What a text becomes by any rule but {@code null} and {@code fixed}. */
  String pseudonym(String text, Pseudonyms pseudonyms) {
    // An empty text reveals nothing and stays empty. Only the rule unusable-password replaces it,
    // since an empty password could allow a login without one.
    if (text.isEmpty() && method != MaskingMethod.UNUSABLE_PASSWORD) {
      return text;
    }
    return switch (method) {
      case HASH -> pseudonyms.hash(text);
      case NAME -> pseudonyms.name(text);
      case EMAIL -> pseudonyms.email(text);
      case TEXT -> pseudonyms.filler(text);
      case UNUSABLE_PASSWORD -> pseudonyms.unusablePassword(text);
      case KEEP -> text;
      case NULL, FIXED -> throw new IllegalStateException(method + " makes no pseudonyms");
    };
  }

  private interface Replacement {
    void write(DjangoJsonGenerator json);
  }

  private static JsonValueWriter replacing(Replacement value) {
    return (row, length, json) -> {
      row.position(row.position() + length);
      value.write(json);
    };
  }

  /** Writes the value as the column would, so that a dump of the loaded value is the same. */
  private JsonValueWriter fixed(ColumnType type) {
    ByteBuffer value = CopyRowEncoder.encoded(type, value(type));
    return replacing(json -> type.writeJson(value.duplicate(), value.remaining(), json));
  }

  /** The fixed value; text that is not for a text column may be a JSON number or boolean. */
  private Object value(ColumnType type) {
    return type.convert(type instanceof TextColumn ? fixed : json(fixed), new ConversionWarnings());
  }

  private static Object json(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    if (text.matches("-?[0-9]{1,18}")) {
      return Long.valueOf(text);
    }
    return text.matches("-?[0-9]+[.][0-9]+") ? new BigDecimal(text) : text;
  }
}

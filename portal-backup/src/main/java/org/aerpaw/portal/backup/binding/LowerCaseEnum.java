package org.aerpaw.portal.backup.binding;

import jakarta.json.bind.adapter.JsonbAdapter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the constants of an enum in lower case: {@code running} for {@code RUNNING}. */
public abstract class LowerCaseEnum<E extends Enum<E>> implements JsonbAdapter<E, String> {

  private final Class<E> type;

  protected LowerCaseEnum(Class<E> type) {
    this.type = type;
  }

  @Override
  public String adaptToJson(E constant) {
    return text(constant);
  }

  /**
   * @param text null for null
   * @throws IllegalArgumentException naming the allowed values
   */
  @Override
  public E adaptFromJson(String text) {
    return text == null ? null : parse(type, text);
  }

  /** The constant as JSON and the database show it. */
  public static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException naming the allowed values
   */
  public static <E extends Enum<E>> E parse(Class<E> type, String text) {
    return Stream.of(type.getEnumConstants())
        .filter(constant -> text(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Stream.of(type.getEnumConstants())
                        .map(LowerCaseEnum::text)
                        .collect(Collectors.joining(", ", "must be one of ", ""))));
  }
}

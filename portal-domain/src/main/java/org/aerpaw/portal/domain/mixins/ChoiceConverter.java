package org.aerpaw.portal.domain.mixins;

import jakarta.persistence.AttributeConverter;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds the constants of one enum in a text column; text that none of them stands for is an error. */
public abstract class ChoiceConverter<E extends Enum<E> & Choice>
    implements AttributeConverter<E, String> {

  private final Class<E> type;
  private final Map<String, E> byText;

  protected ChoiceConverter(Class<E> type) {
    this.type = type;
    this.byText =
        Stream.of(type.getEnumConstants())
            .collect(Collectors.toUnmodifiableMap(Choice::text, Function.identity()));
  }

  @Override
  public String convertToDatabaseColumn(E choice) {
    return choice == null ? null : choice.text();
  }

  @Override
  public E convertToEntityAttribute(String text) {
    if (text == null) {
      return null;
    }
    E choice = byText.get(text);
    if (choice == null) {
      throw new IllegalArgumentException(
          "cannot read %s from a text column: no choice \"%s\"".formatted(type.getName(), text));
    }
    return choice;
  }
}

package org.aerpaw.portal.domain.experiment_info;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** Yes, no, or not decided yet. */
public enum ExtendedBoolean implements Choice {
  YES,
  NO,
  NOT_SURE;

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<ExtendedBoolean, String> {

    @Override
    public String convertToDatabaseColumn(ExtendedBoolean choice) {
      return Choice.text(choice);
    }

    @Override
    public ExtendedBoolean convertToEntityAttribute(String text) {
      return Choice.of(ExtendedBoolean.class, text);
    }
  }
}

package org.aerpaw.portal.backup.foreign.library;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Kept as one letter, by a converter of its own that nobody names. */
public enum Medium {
  PAPER,
  VELLUM;

  @Converter(autoApply = true)
  static final class Letter implements AttributeConverter<Medium, String> {

    @Override
    public String convertToDatabaseColumn(Medium medium) {
      return medium == null ? null : medium.name().substring(0, 1);
    }

    @Override
    public Medium convertToEntityAttribute(String letter) {
      return letter == null ? null : letter.equals("P") ? PAPER : VELLUM;
    }
  }
}

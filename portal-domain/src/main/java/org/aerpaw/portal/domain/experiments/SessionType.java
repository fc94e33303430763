package org.aerpaw.portal.domain.experiments;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** The environment a session runs in. */
public enum SessionType implements Choice {
  DEVELOPMENT,
  EMULATION,
  SANDBOX,
  TESTBED;

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<SessionType, String> {

    @Override
    public String convertToDatabaseColumn(SessionType choice) {
      return Choice.text(choice);
    }

    @Override
    public SessionType convertToEntityAttribute(String text) {
      return Choice.of(SessionType.class, text);
    }
  }
}

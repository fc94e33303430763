package org.aerpaw.portal.domain.experiments;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** How far a scheduled session has come. */
public enum SessionState implements Choice {
  CANCELED,
  COMPLETED,
  SCHEDULED,
  STARTED,
  WAIT_SCHEDULE;

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<SessionState, String> {

    @Override
    public String convertToDatabaseColumn(SessionState choice) {
      return Choice.text(choice);
    }

    @Override
    public SessionState convertToEntityAttribute(String text) {
      return Choice.of(SessionState.class, text);
    }
  }
}

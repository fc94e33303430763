package org.aerpaw.portal.domain.experiments;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

/** How far a scheduled session has come. */
public enum SessionState implements Choice {
  CANCELED,
  COMPLETED,
  SCHEDULED,
  STARTED,
  WAIT_SCHEDULE;

  @Converter(autoApply = true)
  public static final class TextConverter extends ChoiceConverter<SessionState> {

    public TextConverter() {
      super(SessionState.class);
    }
  }
}

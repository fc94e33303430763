package org.aerpaw.portal.domain.experiments;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

/** The environment a session runs in. */
public enum SessionType implements Choice {
  DEVELOPMENT,
  EMULATION,
  SANDBOX,
  TESTBED;

  @Converter(autoApply = true)
  public static final class TextConverter extends ChoiceConverter<SessionType> {

    public TextConverter() {
      super(SessionType.class);
    }
  }
}

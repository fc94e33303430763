package org.aerpaw.portal.domain.error_handling;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** What a thread does with its experiment. */
public enum ThreadAction implements Choice {
  SAVE_DEVELOPMENT,
  SAVE_SANDBOX,
  SAVE_EMULATION,
  SAVE_TESTBED,
  INITIATE_DEV,
  INITIATE_SB,
  INITIATE_EM,
  INITIATE_TB,
  RETIRE;

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<ThreadAction, String> {

    @Override
    public String convertToDatabaseColumn(ThreadAction choice) {
      return Choice.text(choice);
    }

    @Override
    public ThreadAction convertToEntityAttribute(String text) {
      return Choice.of(ThreadAction.class, text);
    }
  }
}

package org.aerpaw.portal.domain.experiments;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** What an experiment does or waits for. */
public enum ExperimentState implements Choice {
  ACTIVE_DEVELOPMENT,
  ACTIVE_EMULATION,
  ACTIVE_SANDBOX,
  ACTIVE_TESTBED,
  SAVING_DEVELOPMENT,
  SAVING_SANDBOX,
  SAVED,
  WAIT_DEVELOPMENT_DEPLOY,
  WAIT_EMULATION_DEPLOY,
  WAIT_EMULATION_SCHEDULE,
  WAIT_SANDBOX_DEPLOY,
  WAIT_TESTBED_DEPLOY,
  WAIT_TESTBED_SCHEDULE;

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<ExperimentState, String> {

    @Override
    public String convertToDatabaseColumn(ExperimentState choice) {
      return Choice.text(choice);
    }

    @Override
    public ExperimentState convertToEntityAttribute(String text) {
      return Choice.of(ExperimentState.class, text);
    }
  }
}

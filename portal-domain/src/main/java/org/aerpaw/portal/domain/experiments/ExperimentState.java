package org.aerpaw.portal.domain.experiments;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

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
  public static final class TextConverter extends ChoiceConverter<ExperimentState> {

    public TextConverter() {
      super(ExperimentState.class);
    }
  }
}

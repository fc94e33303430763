package org.aerpaw.portal.domain.experiment_info;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

/** How an experiment came to be. */
public enum ExperimentType implements Choice {
  CANONICAL,
  NON_CANONICAL,
  CUSTOM;

  @Converter(autoApply = true)
  public static final class TextConverter extends ChoiceConverter<ExperimentType> {

    public TextConverter() {
      super(ExperimentType.class);
    }
  }
}

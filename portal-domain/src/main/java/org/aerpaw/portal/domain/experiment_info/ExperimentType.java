package org.aerpaw.portal.domain.experiment_info;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** How an experiment came to be. */
public enum ExperimentType implements Choice {
  CANONICAL,
  NON_CANONICAL,
  CUSTOM;

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<ExperimentType, String> {

    @Override
    public String convertToDatabaseColumn(ExperimentType choice) {
      return Choice.text(choice);
    }

    @Override
    public ExperimentType convertToEntityAttribute(String text) {
      return Choice.of(ExperimentType.class, text);
    }
  }
}

package org.aerpaw.portal.domain.experiment_info;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** Where an experiment is to take place. */
public enum ExperimentLocation implements Choice {
  LAKE_WHEELER,
  CENTENNIAL_CAMPUS,
  EMULATION,
  SANDBOX,
  DEVELOPMENT,
  TEST_BED,
  OTHER,
  /** None was chosen, which Django keeps as the empty text. */
  NONE;

  @Override
  public String text() {
    return this == NONE ? "" : Choice.super.text();
  }

  @Converter(autoApply = true)
  public static final class TextConverter
      implements AttributeConverter<ExperimentLocation, String> {

    @Override
    public String convertToDatabaseColumn(ExperimentLocation choice) {
      return Choice.text(choice);
    }

    @Override
    public ExperimentLocation convertToEntityAttribute(String text) {
      return Choice.of(ExperimentLocation.class, text);
    }
  }
}

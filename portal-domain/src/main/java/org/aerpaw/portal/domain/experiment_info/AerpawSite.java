package org.aerpaw.portal.domain.experiment_info;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** Where a field trip went. */
public enum AerpawSite implements Choice {
  LAKE_WHEELER,
  CENTENNIAL_CAMPUS,
  OTHER;

  @Override
  public String text() {
    return name();
  }

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<AerpawSite, String> {

    @Override
    public String convertToDatabaseColumn(AerpawSite choice) {
      return Choice.text(choice);
    }

    @Override
    public AerpawSite convertToEntityAttribute(String text) {
      return Choice.of(AerpawSite.class, text);
    }
  }
}

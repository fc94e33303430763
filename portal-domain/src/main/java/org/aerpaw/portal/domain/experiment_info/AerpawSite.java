package org.aerpaw.portal.domain.experiment_info;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

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
  public static final class TextConverter extends ChoiceConverter<AerpawSite> {

    public TextConverter() {
      super(AerpawSite.class);
    }
  }
}

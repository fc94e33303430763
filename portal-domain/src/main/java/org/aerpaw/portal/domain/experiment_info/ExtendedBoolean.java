package org.aerpaw.portal.domain.experiment_info;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

/** Yes, no, or not decided yet. */
public enum ExtendedBoolean implements Choice {
  YES,
  NO,
  NOT_SURE;

  @Converter(autoApply = true)
  public static final class TextConverter extends ChoiceConverter<ExtendedBoolean> {

    public TextConverter() {
      super(ExtendedBoolean.class);
    }
  }
}

package org.aerpaw.portal.domain.resources;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

/** Where a resource can be used. */
public enum ResourceMode implements Choice {
  SANDBOX,
  TESTBED;

  @Converter(autoApply = true)
  public static final class TextConverter extends ChoiceConverter<ResourceMode> {

    public TextConverter() {
      super(ResourceMode.class);
    }
  }
}

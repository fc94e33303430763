package org.aerpaw.portal.domain.resources;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

/** Whether canonical experiments may use a resource. */
public enum ResourceClass implements Choice {
  ALLOW_CANONICAL,
  EXCLUDE_CANONICAL;

  @Converter(autoApply = true)
  public static final class TextConverter extends ChoiceConverter<ResourceClass> {

    public TextConverter() {
      super(ResourceClass.class);
    }
  }
}

package org.aerpaw.portal.domain.resources;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** Whether canonical experiments may use a resource. */
public enum ResourceClass implements Choice {
  ALLOW_CANONICAL,
  EXCLUDE_CANONICAL;

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<ResourceClass, String> {

    @Override
    public String convertToDatabaseColumn(ResourceClass choice) {
      return Choice.text(choice);
    }

    @Override
    public ResourceClass convertToEntityAttribute(String text) {
      return Choice.of(ResourceClass.class, text);
    }
  }
}

package org.aerpaw.portal.domain.resources;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** Where a resource can be used. */
public enum ResourceMode implements Choice {
  SANDBOX,
  TESTBED;

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<ResourceMode, String> {

    @Override
    public String convertToDatabaseColumn(ResourceMode choice) {
      return Choice.text(choice);
    }

    @Override
    public ResourceMode convertToEntityAttribute(String text) {
      return Choice.of(ResourceMode.class, text);
    }
  }
}

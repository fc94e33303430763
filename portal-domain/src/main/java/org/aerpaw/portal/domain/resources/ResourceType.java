package org.aerpaw.portal.domain.resources;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** What kind of equipment a resource is. */
public enum ResourceType implements Choice {
  ACN("ACN"),
  AFRN("AFRN"),
  APRN("APRN"),
  UAV("UAV"),
  UGV("UGV"),
  THREE_PBBE("3PBBE"),
  OTHER("other");

  private final String text;

  ResourceType(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<ResourceType, String> {

    @Override
    public String convertToDatabaseColumn(ResourceType choice) {
      return Choice.text(choice);
    }

    @Override
    public ResourceType convertToEntityAttribute(String text) {
      return Choice.of(ResourceType.class, text);
    }
  }
}

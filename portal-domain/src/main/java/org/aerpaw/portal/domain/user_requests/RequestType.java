package org.aerpaw.portal.domain.user_requests;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** What a user request is about. */
public enum RequestType implements Choice {
  EXPERIMENT,
  PROJECT,
  ROLE;

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<RequestType, String> {

    @Override
    public String convertToDatabaseColumn(RequestType choice) {
      return Choice.text(choice);
    }

    @Override
    public RequestType convertToEntityAttribute(String text) {
      return Choice.of(RequestType.class, text);
    }
  }
}

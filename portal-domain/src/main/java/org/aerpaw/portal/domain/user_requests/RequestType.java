package org.aerpaw.portal.domain.user_requests;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

/** What a user request is about. */
public enum RequestType implements Choice {
  EXPERIMENT,
  PROJECT,
  ROLE;

  @Converter(autoApply = true)
  public static final class TextConverter extends ChoiceConverter<RequestType> {

    public TextConverter() {
      super(RequestType.class);
    }
  }
}

package org.aerpaw.portal.domain.experiments;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

/** What kind of node a canonical experiment asks for. */
public enum NodeType implements Choice {
  AFRN,
  APRN,
  ACN;

  @Converter(autoApply = true)
  public static final class TextConverter extends ChoiceConverter<NodeType> {

    public TextConverter() {
      super(NodeType.class);
    }
  }
}

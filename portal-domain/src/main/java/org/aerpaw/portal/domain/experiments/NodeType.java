package org.aerpaw.portal.domain.experiments;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** What kind of node a canonical experiment asks for. */
public enum NodeType implements Choice {
  AFRN,
  APRN,
  ACN;

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<NodeType, String> {

    @Override
    public String convertToDatabaseColumn(NodeType choice) {
      return Choice.text(choice);
    }

    @Override
    public NodeType convertToEntityAttribute(String text) {
      return Choice.of(NodeType.class, text);
    }
  }
}

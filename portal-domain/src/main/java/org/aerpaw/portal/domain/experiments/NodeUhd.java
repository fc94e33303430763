package org.aerpaw.portal.domain.experiments;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** The version of the radio driver on a node. */
public enum NodeUhd implements Choice {
  V4_3("4.3");

  private final String text;

  NodeUhd(String text) {
    this.text = text;
  }

  @Override
  public String text() {
    return text;
  }

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<NodeUhd, String> {

    @Override
    public String convertToDatabaseColumn(NodeUhd choice) {
      return Choice.text(choice);
    }

    @Override
    public NodeUhd convertToEntityAttribute(String text) {
      return Choice.of(NodeUhd.class, text);
    }
  }
}

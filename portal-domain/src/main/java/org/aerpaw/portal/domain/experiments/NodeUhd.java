package org.aerpaw.portal.domain.experiments;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

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
  public static final class TextConverter extends ChoiceConverter<NodeUhd> {

    public TextConverter() {
      super(NodeUhd.class);
    }
  }
}

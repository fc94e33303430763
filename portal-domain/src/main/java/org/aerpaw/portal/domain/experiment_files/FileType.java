package org.aerpaw.portal.domain.experiment_files;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

/** What an experiment file is for. */
public enum FileType implements Choice {
  IP_LIST,
  OVPN;

  @Converter(autoApply = true)
  public static final class TextConverter extends ChoiceConverter<FileType> {

    public TextConverter() {
      super(FileType.class);
    }
  }
}

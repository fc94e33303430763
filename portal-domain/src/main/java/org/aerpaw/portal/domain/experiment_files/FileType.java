package org.aerpaw.portal.domain.experiment_files;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** What an experiment file is for. */
public enum FileType implements Choice {
  IP_LIST,
  OVPN;

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<FileType, String> {

    @Override
    public String convertToDatabaseColumn(FileType choice) {
      return Choice.text(choice);
    }

    @Override
    public FileType convertToEntityAttribute(String text) {
      return Choice.of(FileType.class, text);
    }
  }
}

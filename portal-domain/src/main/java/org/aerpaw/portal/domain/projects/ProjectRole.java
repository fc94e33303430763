package org.aerpaw.portal.domain.projects;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;

/** What a member may do in a project. */
public enum ProjectRole implements Choice {
  PROJECT_MEMBER,
  PROJECT_OWNER;

  @Converter(autoApply = true)
  public static final class TextConverter implements AttributeConverter<ProjectRole, String> {

    @Override
    public String convertToDatabaseColumn(ProjectRole choice) {
      return Choice.text(choice);
    }

    @Override
    public ProjectRole convertToEntityAttribute(String text) {
      return Choice.of(ProjectRole.class, text);
    }
  }
}

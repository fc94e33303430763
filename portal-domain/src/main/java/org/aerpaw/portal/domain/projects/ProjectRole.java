package org.aerpaw.portal.domain.projects;

import jakarta.persistence.Converter;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.ChoiceConverter;

/** What a member may do in a project. */
public enum ProjectRole implements Choice {
  PROJECT_MEMBER,
  PROJECT_OWNER;

  @Converter(autoApply = true)
  public static final class TextConverter extends ChoiceConverter<ProjectRole> {

    public TextConverter() {
      super(ProjectRole.class);
    }
  }
}

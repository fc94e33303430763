package org.aerpaw.portal.domain.contenttypes;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.aerpaw.portal.domain.mixins.Identified;

/** A model of the portal, by the app it belongs to and its name in lower case. */
@Entity
@Table(
    name = "django_content_type",
    uniqueConstraints = @UniqueConstraint(columnNames = {"app_label", "model"}))
public class ContentType extends Identified {

  @Column(name = "app_label", nullable = false, length = 100)
  @NotNull
  @Size(max = 100)
  private String appLabel;

  @Column(name = "model", nullable = false, length = 100)
  @NotNull
  @Size(max = 100)
  private String model;

  public String getAppLabel() {
    return appLabel;
  }

  public void setAppLabel(String appLabel) {
    this.appLabel = appLabel;
  }

  public String getModel() {
    return model;
  }

  public void setModel(String model) {
    this.model = model;
  }
}

package org.aerpaw.portal.domain.contenttypes;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.domain.auth.Permission;
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

  @OneToMany(mappedBy = "contentType", cascade = CascadeType.REMOVE)
  private List<Permission> permissions = new ArrayList<>();

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

  public List<Permission> getPermissions() {
    return permissions;
  }
}

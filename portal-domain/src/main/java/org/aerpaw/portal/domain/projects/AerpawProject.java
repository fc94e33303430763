package org.aerpaw.portal.domain.projects;

import jakarta.annotation.Priority;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.domain.mixins.Tracked;
import org.aerpaw.portal.domain.users.AerpawUser;

/** The frame in which users work together on experiments. */
@Entity
@Table(name = "projects_aerpawproject")
@Priority(1)
public class AerpawProject extends Tracked {

  @Column(name = "description", nullable = false, columnDefinition = "text")
  @NotNull
  private String description;

  @Column(name = "is_deleted", nullable = false)
  private boolean deleted;

  @Column(name = "is_public", nullable = false)
  private boolean isPublic;

  @Column(name = "name", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String name;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "project_creator_id", nullable = false)
  @NotNull
  private AerpawUser projectCreator;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  @OneToMany(mappedBy = "project", cascade = CascadeType.REMOVE)
  private List<UserProject> memberships = new ArrayList<>();

  public String getDescription() {
    return description;
  }

  public void setDescription(String description) {
    this.description = description;
  }

  public boolean isDeleted() {
    return deleted;
  }

  public void setDeleted(boolean deleted) {
    this.deleted = deleted;
  }

  public boolean isPublic() {
    return isPublic;
  }

  public void setPublic(boolean isPublic) {
    this.isPublic = isPublic;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public AerpawUser getProjectCreator() {
    return projectCreator;
  }

  public void setProjectCreator(AerpawUser projectCreator) {
    this.projectCreator = projectCreator;
  }

  public String getUuid() {
    return uuid;
  }

  public void setUuid(String uuid) {
    this.uuid = uuid;
  }

  public List<UserProject> getMemberships() {
    return memberships;
  }
}

package org.aerpaw.portal.domain.projects;

import jakarta.annotation.Priority;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PrePersist;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;
import org.aerpaw.portal.domain.mixins.Identified;
import org.aerpaw.portal.domain.users.AerpawUser;

/** A user's membership in a project and the role that comes with it. */
@Entity
@Table(name = "projects_userproject")
@Priority(2)
public class UserProject extends Identified {

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "granted_by_id", nullable = false)
  @NotNull
  private AerpawUser grantedBy;

  @Column(name = "granted_date", nullable = false, updatable = false)
  @NotNull
  private OffsetDateTime grantedDate;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "project_id", nullable = false)
  @NotNull
  private AerpawProject project;

  @Column(name = "project_role", nullable = false, length = 255)
  @NotNull
  private ProjectRole projectRole = ProjectRole.PROJECT_MEMBER;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "user_id", nullable = false)
  @NotNull
  private AerpawUser user;

  @PrePersist
  void stampGrantedDate() {
    if (grantedDate == null) {
      grantedDate = now();
    }
  }

  public AerpawUser getGrantedBy() {
    return grantedBy;
  }

  public void setGrantedBy(AerpawUser grantedBy) {
    this.grantedBy = grantedBy;
  }

  public OffsetDateTime getGrantedDate() {
    return grantedDate;
  }

  public void setGrantedDate(OffsetDateTime grantedDate) {
    this.grantedDate = grantedDate;
  }

  public AerpawProject getProject() {
    return project;
  }

  public void setProject(AerpawProject project) {
    this.project = project;
  }

  public ProjectRole getProjectRole() {
    return projectRole;
  }

  public void setProjectRole(ProjectRole projectRole) {
    this.projectRole = projectRole;
  }

  public AerpawUser getUser() {
    return user;
  }

  public void setUser(AerpawUser user) {
    this.user = user;
  }
}

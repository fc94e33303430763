package org.aerpaw.portal.domain.experiments;

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

/** A user's membership in an experiment. */
@Entity
@Table(name = "experiments_userexperiment")
@Priority(2)
public class UserExperiment extends Identified {

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "experiment_id", nullable = false)
  @NotNull
  private AerpawExperiment experiment;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "granted_by_id", nullable = false)
  @NotNull
  private AerpawUser grantedBy;

  @Column(name = "granted_date", nullable = false, updatable = false)
  @NotNull
  private OffsetDateTime grantedDate;

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

  public AerpawExperiment getExperiment() {
    return experiment;
  }

  public void setExperiment(AerpawExperiment experiment) {
    this.experiment = experiment;
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

  public AerpawUser getUser() {
    return user;
  }

  public void setUser(AerpawUser user) {
    this.user = user;
  }
}

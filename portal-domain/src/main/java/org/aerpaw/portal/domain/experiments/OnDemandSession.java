package org.aerpaw.portal.domain.experiments;

import jakarta.annotation.Priority;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import org.aerpaw.portal.domain.mixins.Tracked;
import org.aerpaw.portal.domain.users.AerpawUser;
import org.eclipse.persistence.annotations.ClassExtractor;

/** A time in which an experiment is active in one of its environments. */
@Entity
@Table(name = "experiments_ondemandsession")
@Priority(3)
@Inheritance(strategy = InheritanceType.JOINED)
@ClassExtractor(SessionClassExtractor.class)
public class OnDemandSession extends Tracked {

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "ended_by_id")
  private AerpawUser endedBy;

  @Column(name = "end_date_time")
  private OffsetDateTime endDateTime;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "experiment_id", nullable = false)
  @NotNull
  private AerpawExperiment experiment;

  @Column(name = "is_active", nullable = false)
  private boolean active = true;

  @Column(name = "session_type", nullable = false, length = 255)
  @NotNull
  private SessionType sessionType = SessionType.DEVELOPMENT;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "started_by_id")
  private AerpawUser startedBy;

  @Column(name = "start_date_time")
  private OffsetDateTime startDateTime;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  public AerpawUser getEndedBy() {
    return endedBy;
  }

  public void setEndedBy(AerpawUser endedBy) {
    this.endedBy = endedBy;
  }

  public OffsetDateTime getEndDateTime() {
    return endDateTime;
  }

  public void setEndDateTime(OffsetDateTime endDateTime) {
    this.endDateTime = endDateTime;
  }

  public AerpawExperiment getExperiment() {
    return experiment;
  }

  public void setExperiment(AerpawExperiment experiment) {
    this.experiment = experiment;
  }

  public boolean isActive() {
    return active;
  }

  public void setActive(boolean active) {
    this.active = active;
  }

  public SessionType getSessionType() {
    return sessionType;
  }

  public void setSessionType(SessionType sessionType) {
    this.sessionType = sessionType;
  }

  public AerpawUser getStartedBy() {
    return startedBy;
  }

  public void setStartedBy(AerpawUser startedBy) {
    this.startedBy = startedBy;
  }

  public OffsetDateTime getStartDateTime() {
    return startDateTime;
  }

  public void setStartDateTime(OffsetDateTime startDateTime) {
    this.startDateTime = startDateTime;
  }

  public String getUuid() {
    return uuid;
  }

  public void setUuid(String uuid) {
    this.uuid = uuid;
  }
}

package org.aerpaw.portal.domain.experiments;

import jakarta.annotation.Priority;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;
import org.aerpaw.portal.domain.users.AerpawUser;

/** A session that was asked for and planned in advance. */
@Entity
@Table(name = "experiments_scheduledsession")
@Priority(4)
@PrimaryKeyJoinColumn(name = "ondemandsession_ptr_id")
public class ScheduledSession extends OnDemandSession {

  @Column(name = "description", nullable = false, columnDefinition = "text")
  @NotNull
  private String description;

  @Column(name = "is_success", nullable = false)
  private boolean success;

  @Column(name = "scheduled_start")
  private OffsetDateTime scheduledStart;

  @Column(name = "scheduled_end")
  private OffsetDateTime scheduledEnd;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "scheduled_by_id")
  private AerpawUser scheduledBy;

  @Column(name = "scheduled_created_on")
  private OffsetDateTime scheduledCreatedOn;

  @Column(name = "session_state", nullable = false, length = 255)
  @NotNull
  private SessionState sessionState = SessionState.WAIT_SCHEDULE;

  public String getDescription() {
    return description;
  }

  public void setDescription(String description) {
    this.description = description;
  }

  public boolean isSuccess() {
    return success;
  }

  public void setSuccess(boolean success) {
    this.success = success;
  }

  public OffsetDateTime getScheduledStart() {
    return scheduledStart;
  }

  public void setScheduledStart(OffsetDateTime scheduledStart) {
    this.scheduledStart = scheduledStart;
  }

  public OffsetDateTime getScheduledEnd() {
    return scheduledEnd;
  }

  public void setScheduledEnd(OffsetDateTime scheduledEnd) {
    this.scheduledEnd = scheduledEnd;
  }

  public AerpawUser getScheduledBy() {
    return scheduledBy;
  }

  public void setScheduledBy(AerpawUser scheduledBy) {
    this.scheduledBy = scheduledBy;
  }

  public OffsetDateTime getScheduledCreatedOn() {
    return scheduledCreatedOn;
  }

  public void setScheduledCreatedOn(OffsetDateTime scheduledCreatedOn) {
    this.scheduledCreatedOn = scheduledCreatedOn;
  }

  public SessionState getSessionState() {
    return sessionState;
  }

  public void setSessionState(SessionState sessionState) {
    this.sessionState = sessionState;
  }
}

package org.aerpaw.portal.domain.error_handling;

import jakarta.annotation.Priority;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import org.aerpaw.portal.domain.mixins.Identified;
import org.aerpaw.portal.domain.users.AerpawUser;

/** A fault that a user met in the portal, and who resolved it. */
@Entity
@Table(name = "error_handling_aerpawerror")
@Priority(1)
public class AerpawError extends Identified {

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "user_id")
  private AerpawUser user;

  @Column(name = "datetime", nullable = false)
  @NotNull
  private OffsetDateTime datetime;

  @Column(name = "type", length = 255)
  @Size(max = 255)
  private String type;

  @Column(name = "traceback", columnDefinition = "text")
  private String traceback;

  @Column(name = "message", columnDefinition = "text")
  private String message;

  @Column(name = "displayed", nullable = false)
  private boolean displayed;

  @Column(name = "is_resolved", nullable = false)
  private boolean resolved;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "resolved_by_id")
  private AerpawUser resolvedBy;

  @Column(name = "resolved_datetime")
  private OffsetDateTime resolvedDatetime;

  @Column(name = "resolved_description", columnDefinition = "text")
  private String resolvedDescription;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  @PrePersist
  @PreUpdate
  void stampDatetime() {
    datetime = now();
  }

  public AerpawUser getUser() {
    return user;
  }

  public void setUser(AerpawUser user) {
    this.user = user;
  }

  public OffsetDateTime getDatetime() {
    return datetime;
  }

  public String getType() {
    return type;
  }

  public void setType(String type) {
    this.type = type;
  }

  public String getTraceback() {
    return traceback;
  }

  public void setTraceback(String traceback) {
    this.traceback = traceback;
  }

  public String getMessage() {
    return message;
  }

  public void setMessage(String message) {
    this.message = message;
  }

  public boolean isDisplayed() {
    return displayed;
  }

  public void setDisplayed(boolean displayed) {
    this.displayed = displayed;
  }

  public boolean isResolved() {
    return resolved;
  }

  public void setResolved(boolean resolved) {
    this.resolved = resolved;
  }

  public AerpawUser getResolvedBy() {
    return resolvedBy;
  }

  public void setResolvedBy(AerpawUser resolvedBy) {
    this.resolvedBy = resolvedBy;
  }

  public OffsetDateTime getResolvedDatetime() {
    return resolvedDatetime;
  }

  public void setResolvedDatetime(OffsetDateTime resolvedDatetime) {
    this.resolvedDatetime = resolvedDatetime;
  }

  public String getResolvedDescription() {
    return resolvedDescription;
  }

  public void setResolvedDescription(String resolvedDescription) {
    this.resolvedDescription = resolvedDescription;
  }

  public String getUuid() {
    return uuid;
  }

  public void setUuid(String uuid) {
    this.uuid = uuid;
  }
}

package org.aerpaw.portal.domain.error_handling;

import jakarta.annotation.Priority;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PrePersist;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.domain.experiments.AerpawExperiment;
import org.aerpaw.portal.domain.mixins.Identified;
import org.aerpaw.portal.domain.users.AerpawUser;

/** A long action on an experiment that runs in parallel with the request that began it. */
@Entity
@Table(name = "error_handling_aerpawthread")
@Priority(2)
public class AerpawThread extends Identified {

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "user_id")
  private AerpawUser user;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "experiment_id")
  private AerpawExperiment experiment;

  @Column(name = "action", length = 255)
  private ThreadAction action;

  @Column(name = "thread_start", nullable = false, updatable = false)
  @NotNull
  private OffsetDateTime threadStart;

  @Column(name = "thread_end")
  private OffsetDateTime threadEnd;

  @Column(name = "exit_code")
  private Short exitCode;

  @Column(name = "response", columnDefinition = "text")
  private String response;

  @Column(name = "is_error")
  private Boolean error;

  @Column(name = "displayed")
  private Boolean displayed = false;

  @Column(name = "message", columnDefinition = "text")
  private String message;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  @JsonbProperty("error")
  @ManyToMany
  @JoinTable(
      name = "error_handling_aerpawthread_error",
      joinColumns = @JoinColumn(name = "aerpawthread_id"),
      inverseJoinColumns = @JoinColumn(name = "aerpawerror_id"))
  private List<AerpawError> errors = new ArrayList<>();

  @PrePersist
  void stampThreadStart() {
    if (threadStart == null) {
      threadStart = now();
    }
  }

  public AerpawUser getUser() {
    return user;
  }

  public void setUser(AerpawUser user) {
    this.user = user;
  }

  public AerpawExperiment getExperiment() {
    return experiment;
  }

  public void setExperiment(AerpawExperiment experiment) {
    this.experiment = experiment;
  }

  public ThreadAction getAction() {
    return action;
  }

  public void setAction(ThreadAction action) {
    this.action = action;
  }

  public OffsetDateTime getThreadStart() {
    return threadStart;
  }

  public void setThreadStart(OffsetDateTime threadStart) {
    this.threadStart = threadStart;
  }

  public OffsetDateTime getThreadEnd() {
    return threadEnd;
  }

  public void setThreadEnd(OffsetDateTime threadEnd) {
    this.threadEnd = threadEnd;
  }

  public Short getExitCode() {
    return exitCode;
  }

  public void setExitCode(Short exitCode) {
    this.exitCode = exitCode;
  }

  public String getResponse() {
    return response;
  }

  public void setResponse(String response) {
    this.response = response;
  }

  public Boolean getError() {
    return error;
  }

  public void setError(Boolean error) {
    this.error = error;
  }

  public Boolean getDisplayed() {
    return displayed;
  }

  public void setDisplayed(Boolean displayed) {
    this.displayed = displayed;
  }

  public String getMessage() {
    return message;
  }

  public void setMessage(String message) {
    this.message = message;
  }

  public String getUuid() {
    return uuid;
  }

  public void setUuid(String uuid) {
    this.uuid = uuid;
  }

  public List<AerpawError> getErrors() {
    return errors;
  }
}

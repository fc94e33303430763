package org.aerpaw.portal.domain.user_requests;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.domain.mixins.Tracked;
import org.aerpaw.portal.domain.users.AerpawUser;

/** What a user asks for: a role, or to join a project or an experiment. */
@Entity
@Table(name = "user_requests_aerpawuserrequest")
public class AerpawUserRequest extends Tracked {

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "completed_by_id")
  private AerpawUser completedBy;

  @Column(name = "completed_date")
  private OffsetDateTime completedDate;

  @Column(name = "is_approved")
  private Boolean approved;

  @Column(name = "request_note", columnDefinition = "text")
  private String requestNote;

  @Column(name = "request_type", nullable = false, length = 255)
  @NotNull
  private RequestType requestType = RequestType.ROLE;

  @Column(name = "request_type_id", nullable = false)
  @NotNull
  private Integer requestTypeId;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "requested_by_id", nullable = false)
  @NotNull
  private AerpawUser requestedBy;

  @Column(name = "response_date")
  private OffsetDateTime responseDate;

  @Column(name = "response_note", columnDefinition = "text")
  private String responseNote;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  @ManyToMany
  @JoinTable(
      name = "user_requests_aerpawuserrequest_received_by",
      joinColumns = @JoinColumn(name = "aerpawuserrequest_id"),
      inverseJoinColumns = @JoinColumn(name = "aerpawuser_id"))
  @OrderBy("displayName")
  private List<AerpawUser> receivedBy = new ArrayList<>();

  public AerpawUser getCompletedBy() {
    return completedBy;
  }

  public void setCompletedBy(AerpawUser completedBy) {
    this.completedBy = completedBy;
  }

  public OffsetDateTime getCompletedDate() {
    return completedDate;
  }

  public void setCompletedDate(OffsetDateTime completedDate) {
    this.completedDate = completedDate;
  }

  public Boolean getApproved() {
    return approved;
  }

  public void setApproved(Boolean approved) {
    this.approved = approved;
  }

  public String getRequestNote() {
    return requestNote;
  }

  public void setRequestNote(String requestNote) {
    this.requestNote = requestNote;
  }

  public RequestType getRequestType() {
    return requestType;
  }

  public void setRequestType(RequestType requestType) {
    this.requestType = requestType;
  }

  public Integer getRequestTypeId() {
    return requestTypeId;
  }

  public void setRequestTypeId(Integer requestTypeId) {
    this.requestTypeId = requestTypeId;
  }

  public AerpawUser getRequestedBy() {
    return requestedBy;
  }

  public void setRequestedBy(AerpawUser requestedBy) {
    this.requestedBy = requestedBy;
  }

  public OffsetDateTime getResponseDate() {
    return responseDate;
  }

  public void setResponseDate(OffsetDateTime responseDate) {
    this.responseDate = responseDate;
  }

  public String getResponseNote() {
    return responseNote;
  }

  public void setResponseNote(String responseNote) {
    this.responseNote = responseNote;
  }

  public String getUuid() {
    return uuid;
  }

  public void setUuid(String uuid) {
    this.uuid = uuid;
  }

  public List<AerpawUser> getReceivedBy() {
    return receivedBy;
  }
}

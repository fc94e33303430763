package org.aerpaw.portal.domain.user_messages;

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

/** A message of the portal to users; each recipient owns a copy. */
@Entity
@Table(name = "user_messages_aerpawusermessage")
public class AerpawUserMessage extends Tracked {

  @Column(name = "is_deleted", nullable = false)
  private boolean deleted;

  @Column(name = "is_read", nullable = false)
  private boolean read;

  @Column(name = "message_body", columnDefinition = "text")
  private String messageBody;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "message_owner_id", nullable = false)
  @NotNull
  private AerpawUser messageOwner;

  @Column(name = "message_subject", columnDefinition = "text")
  private String messageSubject;

  @Column(name = "read_date")
  private OffsetDateTime readDate;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "sent_by_id", nullable = false)
  @NotNull
  private AerpawUser sentBy;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  @ManyToMany
  @JoinTable(
      name = "user_messages_aerpawusermessage_received_by",
      joinColumns = @JoinColumn(name = "aerpawusermessage_id"),
      inverseJoinColumns = @JoinColumn(name = "aerpawuser_id"))
  @OrderBy("displayName")
  private List<AerpawUser> receivedBy = new ArrayList<>();

  public boolean isDeleted() {
    return deleted;
  }

  public void setDeleted(boolean deleted) {
    this.deleted = deleted;
  }

  public boolean isRead() {
    return read;
  }

  public void setRead(boolean read) {
    this.read = read;
  }

  public String getMessageBody() {
    return messageBody;
  }

  public void setMessageBody(String messageBody) {
    this.messageBody = messageBody;
  }

  public AerpawUser getMessageOwner() {
    return messageOwner;
  }

  public void setMessageOwner(AerpawUser messageOwner) {
    this.messageOwner = messageOwner;
  }

  public String getMessageSubject() {
    return messageSubject;
  }

  public void setMessageSubject(String messageSubject) {
    this.messageSubject = messageSubject;
  }

  public OffsetDateTime getReadDate() {
    return readDate;
  }

  public void setReadDate(OffsetDateTime readDate) {
    this.readDate = readDate;
  }

  public AerpawUser getSentBy() {
    return sentBy;
  }

  public void setSentBy(AerpawUser sentBy) {
    this.sentBy = sentBy;
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

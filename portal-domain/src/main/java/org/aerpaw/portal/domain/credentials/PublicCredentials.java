package org.aerpaw.portal.domain.credentials;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import org.aerpaw.portal.domain.mixins.Tracked;
import org.aerpaw.portal.domain.users.AerpawUser;

/** A user's public key. */
@Entity
@Table(name = "credentials_publiccredentials")
public class PublicCredentials extends Tracked {

  @Column(name = "expiry_date", nullable = false)
  @NotNull
  private OffsetDateTime expiryDate;

  @Column(name = "is_deleted", nullable = false)
  private boolean deleted;

  @Column(name = "name", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String name;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "owner_id", nullable = false)
  @NotNull
  private AerpawUser owner;

  @Column(name = "public_credential", columnDefinition = "text")
  private String publicCredential;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  public OffsetDateTime getExpiryDate() {
    return expiryDate;
  }

  public void setExpiryDate(OffsetDateTime expiryDate) {
    this.expiryDate = expiryDate;
  }

  public boolean isDeleted() {
    return deleted;
  }

  public void setDeleted(boolean deleted) {
    this.deleted = deleted;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public AerpawUser getOwner() {
    return owner;
  }

  public void setOwner(AerpawUser owner) {
    this.owner = owner;
  }

  public String getPublicCredential() {
    return publicCredential;
  }

  public void setPublicCredential(String publicCredential) {
    this.publicCredential = publicCredential;
  }

  public String getUuid() {
    return uuid;
  }

  public void setUuid(String uuid) {
    this.uuid = uuid;
  }
}

package org.aerpaw.portal.domain.mixins;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A row that also knows who made and last changed it, by e-mail address. */
@MappedSuperclass
public abstract class Tracked extends Timestamped {

  @Column(name = "created_by", nullable = false, length = 254)
  @NotNull
  @Size(max = 254)
  private String createdBy;

  @Column(name = "modified_by", nullable = false, length = 254)
  @NotNull
  @Size(max = 254)
  private String modifiedBy;

  public String getCreatedBy() {
    return createdBy;
  }

  public void setCreatedBy(String createdBy) {
    this.createdBy = createdBy;
  }

  public String getModifiedBy() {
    return modifiedBy;
  }

  public void setModifiedBy(String modifiedBy) {
    this.modifiedBy = modifiedBy;
  }
}

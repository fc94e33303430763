package org.aerpaw.portal.domain.operations;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import org.aerpaw.portal.domain.mixins.Timestamped;

/** A number that names a canonical experiment while it is in use. */
@Entity
@Table(name = "operations_canonicalnumber")
public class CanonicalNumber extends Timestamped {

  @Column(name = "canonical_number", nullable = false)
  @NotNull
  private Integer canonicalNumber;

  @Column(name = "is_deleted", nullable = false)
  private boolean deleted;

  @Column(name = "is_retired", nullable = false)
  private boolean retired;

  public Integer getCanonicalNumber() {
    return canonicalNumber;
  }

  public void setCanonicalNumber(Integer canonicalNumber) {
    this.canonicalNumber = canonicalNumber;
  }

  public boolean isDeleted() {
    return deleted;
  }

  public void setDeleted(boolean deleted) {
    this.deleted = deleted;
  }

  public boolean isRetired() {
    return retired;
  }

  public void setRetired(boolean retired) {
    this.retired = retired;
  }
}

package org.aerpaw.portal.domain.mixins;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;

/** A row that knows when it was made and last changed. */
@MappedSuperclass
public abstract class Timestamped extends Identified {

  @Column(name = "created", nullable = false, updatable = false)
  @NotNull
  private OffsetDateTime created;

  @Column(name = "modified", nullable = false)
  @NotNull
  private OffsetDateTime modified;

  @PrePersist
  void stampCreated() {
    modified = now();
    if (created == null) {
      created = modified;
    }
  }

  @PreUpdate
  void stampModified() {
    modified = now();
  }

  public OffsetDateTime getCreated() {
    return created;
  }

  public void setCreated(OffsetDateTime created) {
    this.created = created;
  }

  public OffsetDateTime getModified() {
    return modified;
  }
}

package org.aerpaw.portal.domain.auth;

import jakarta.annotation.Priority;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.aerpaw.portal.domain.contenttypes.ContentType;
import org.aerpaw.portal.domain.mixins.Identified;

/** The right to do one thing with the objects of one model, such as {@code add_aerpawuser}. */
@Entity
@Table(
    name = "auth_permission",
    uniqueConstraints = @UniqueConstraint(columnNames = {"content_type_id", "codename"}))
@Priority(1)
public class Permission extends Identified {

  @Column(name = "name", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String name;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "content_type_id", nullable = false)
  @NotNull
  private ContentType contentType;

  @Column(name = "codename", nullable = false, length = 100)
  @NotNull
  @Size(max = 100)
  private String codename;

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public ContentType getContentType() {
    return contentType;
  }

  public void setContentType(ContentType contentType) {
    this.contentType = contentType;
  }

  public String getCodename() {
    return codename;
  }

  public void setCodename(String codename) {
    this.codename = codename;
  }
}

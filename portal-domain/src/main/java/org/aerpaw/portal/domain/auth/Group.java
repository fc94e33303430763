package org.aerpaw.portal.domain.auth;

import jakarta.annotation.Priority;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.domain.mixins.Identified;

/** A role of the portal, such as {@code operator}, with the permissions that come with it. */
@Entity
@Table(name = "auth_group")
@Priority(2)
public class Group extends Identified {

  @Column(name = "name", nullable = false, unique = true, length = 150)
  @NotNull
  @Size(max = 150)
  private String name;

  @ManyToMany
  @JoinTable(
      name = "auth_group_permissions",
      joinColumns = @JoinColumn(name = "group_id"),
      inverseJoinColumns = @JoinColumn(name = "permission_id"))
  @OrderBy("contentType, codename")
  private List<Permission> permissions = new ArrayList<>();

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public List<Permission> getPermissions() {
    return permissions;
  }
}

package org.aerpaw.portal.domain.resources;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.aerpaw.portal.domain.mixins.Tracked;

/** A node, vehicle or other piece of equipment that experiments can use. */
@Entity
@Table(name = "resources_aerpawresource")
public class AerpawResource extends Tracked {

  @Column(name = "description", nullable = false, columnDefinition = "text")
  @NotNull
  private String description;

  @Column(name = "hostname", length = 255)
  @Size(max = 255)
  private String hostname;

  @Column(name = "ip_address", length = 255)
  @Size(max = 255)
  private String ipAddress;

  @Column(name = "is_active", nullable = false)
  private boolean active;

  @Column(name = "is_deleted", nullable = false)
  private boolean deleted;

  @Column(name = "location", columnDefinition = "text")
  private String location;

  @Column(name = "map_url", length = 200)
  @Size(max = 200)
  private String mapUrl;

  @Column(name = "name", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String name;

  @Column(name = "ops_notes", columnDefinition = "text")
  private String opsNotes;

  @Column(name = "resource_class", nullable = false, length = 255)
  @NotNull
  private ResourceClass resourceClass = ResourceClass.ALLOW_CANONICAL;

  @Column(name = "resource_mode", nullable = false, length = 255)
  @NotNull
  private ResourceMode resourceMode = ResourceMode.TESTBED;

  @Column(name = "resource_type", nullable = false, length = 255)
  @NotNull
  private ResourceType resourceType = ResourceType.AFRN;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  public String getDescription() {
    return description;
  }

  public void setDescription(String description) {
    this.description = description;
  }

  public String getHostname() {
    return hostname;
  }

  public void setHostname(String hostname) {
    this.hostname = hostname;
  }

  public String getIpAddress() {
    return ipAddress;
  }

  public void setIpAddress(String ipAddress) {
    this.ipAddress = ipAddress;
  }

  public boolean isActive() {
    return active;
  }

  public void setActive(boolean active) {
    this.active = active;
  }

  public boolean isDeleted() {
    return deleted;
  }

  public void setDeleted(boolean deleted) {
    this.deleted = deleted;
  }

  public String getLocation() {
    return location;
  }

  public void setLocation(String location) {
    this.location = location;
  }

  public String getMapUrl() {
    return mapUrl;
  }

  public void setMapUrl(String mapUrl) {
    this.mapUrl = mapUrl;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getOpsNotes() {
    return opsNotes;
  }

  public void setOpsNotes(String opsNotes) {
    this.opsNotes = opsNotes;
  }

  public ResourceClass getResourceClass() {
    return resourceClass;
  }

  public void setResourceClass(ResourceClass resourceClass) {
    this.resourceClass = resourceClass;
  }

  public ResourceMode getResourceMode() {
    return resourceMode;
  }

  public void setResourceMode(ResourceMode resourceMode) {
    this.resourceMode = resourceMode;
  }

  public ResourceType getResourceType() {
    return resourceType;
  }

  public void setResourceType(ResourceType resourceType) {
    this.resourceType = resourceType;
  }

  public String getUuid() {
    return uuid;
  }

  public void setUuid(String uuid) {
    this.uuid = uuid;
  }
}

package org.aerpaw.portal.domain.users;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.domain.auth.Group;
import org.aerpaw.portal.domain.auth.Permission;
import org.aerpaw.portal.domain.experiments.UserExperiment;
import org.aerpaw.portal.domain.mixins.Tracked;
import org.aerpaw.portal.domain.profiles.AerpawUserProfile;
import org.aerpaw.portal.domain.projects.UserProject;
import org.aerpaw.portal.domain.user_requests.AerpawUserRequest;

/** A person or service that signs in to the portal, with roles as groups. */
@Entity
@Table(name = "users_aerpawuser")
@JsonbPropertyOrder({
  "password",
  "last_login",
  "is_superuser",
  "username",
  "first_name",
  "last_name",
  "email",
  "is_staff",
  "is_active",
  "date_joined",
  "created",
  "modified",
  "created_by",
  "modified_by",
  "display_name",
  "openid_sub",
  "profile",
  "uuid"
})
public class AerpawUser extends Tracked {

  @Column(name = "password", nullable = false, length = 128)
  @NotNull
  @Size(max = 128)
  private String password;

  @Column(name = "last_login")
  private OffsetDateTime lastLogin;

  @Column(name = "is_superuser", nullable = false)
  private boolean superuser;

  @Column(name = "username", nullable = false, unique = true, length = 150)
  @NotNull
  @Size(max = 150)
  private String username;

  @Column(name = "first_name", nullable = false, length = 150)
  @NotNull
  @Size(max = 150)
  private String firstName;

  @Column(name = "last_name", nullable = false, length = 150)
  @NotNull
  @Size(max = 150)
  private String lastName;

  @Column(name = "email", nullable = false, length = 254)
  @NotNull
  @Size(max = 254)
  private String email;

  @Column(name = "is_staff", nullable = false)
  private boolean staff;

  @Column(name = "is_active", nullable = false)
  private boolean active = true;

  @Column(name = "date_joined", nullable = false)
  @NotNull
  private OffsetDateTime dateJoined = now();

  @Column(name = "display_name", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String displayName;

  @Column(name = "openid_sub", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String openidSub;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "profile_id")
  private AerpawUserProfile profile;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  @ManyToMany
  @JoinTable(
      name = "users_aerpawuser_groups",
      joinColumns = @JoinColumn(name = "aerpawuser_id"),
      inverseJoinColumns = @JoinColumn(name = "group_id"))
  private List<Group> groups = new ArrayList<>();

  @ManyToMany
  @JoinTable(
      name = "users_aerpawuser_user_permissions",
      joinColumns = @JoinColumn(name = "aerpawuser_id"),
      inverseJoinColumns = @JoinColumn(name = "permission_id"))
  @OrderBy("contentType, codename")
  private List<Permission> userPermissions = new ArrayList<>();

  @OneToMany(mappedBy = "user", cascade = CascadeType.REMOVE)
  private List<UserProject> projectMemberships = new ArrayList<>();

  @OneToMany(mappedBy = "grantedBy", cascade = CascadeType.REMOVE)
  private List<UserProject> grantedProjectMemberships = new ArrayList<>();

  @OneToMany(mappedBy = "user", cascade = CascadeType.REMOVE)
  private List<UserExperiment> experimentMemberships = new ArrayList<>();

  @OneToMany(mappedBy = "grantedBy", cascade = CascadeType.REMOVE)
  private List<UserExperiment> grantedExperimentMemberships = new ArrayList<>();

  @OneToMany(mappedBy = "requestedBy", cascade = CascadeType.REMOVE)
  private List<AerpawUserRequest> requests = new ArrayList<>();

  @OneToMany(mappedBy = "completedBy", cascade = CascadeType.REMOVE)
  private List<AerpawUserRequest> completedRequests = new ArrayList<>();

  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public OffsetDateTime getLastLogin() {
    return lastLogin;
  }

  public void setLastLogin(OffsetDateTime lastLogin) {
    this.lastLogin = lastLogin;
  }

  public boolean isSuperuser() {
    return superuser;
  }

  public void setSuperuser(boolean superuser) {
    this.superuser = superuser;
  }

  public String getUsername() {
    return username;
  }

  public void setUsername(String username) {
    this.username = username;
  }

  public String getFirstName() {
    return firstName;
  }

  public void setFirstName(String firstName) {
    this.firstName = firstName;
  }

  public String getLastName() {
    return lastName;
  }

  public void setLastName(String lastName) {
    this.lastName = lastName;
  }

  public String getEmail() {
    return email;
  }

  public void setEmail(String email) {
    this.email = email;
  }

  public boolean isStaff() {
    return staff;
  }

  public void setStaff(boolean staff) {
    this.staff = staff;
  }

  public boolean isActive() {
    return active;
  }

  public void setActive(boolean active) {
    this.active = active;
  }

  public OffsetDateTime getDateJoined() {
    return dateJoined;
  }

  public void setDateJoined(OffsetDateTime dateJoined) {
    this.dateJoined = dateJoined;
  }

  public String getDisplayName() {
    return displayName;
  }

  public void setDisplayName(String displayName) {
    this.displayName = displayName;
  }

  public String getOpenidSub() {
    return openidSub;
  }

  public void setOpenidSub(String openidSub) {
    this.openidSub = openidSub;
  }

  public AerpawUserProfile getProfile() {
    return profile;
  }

  public void setProfile(AerpawUserProfile profile) {
    this.profile = profile;
  }

  public String getUuid() {
    return uuid;
  }

  public void setUuid(String uuid) {
    this.uuid = uuid;
  }

  public List<Group> getGroups() {
    return groups;
  }

  public List<Permission> getUserPermissions() {
    return userPermissions;
  }

  public List<UserProject> getProjectMemberships() {
    return projectMemberships;
  }

  public List<UserProject> getGrantedProjectMemberships() {
    return grantedProjectMemberships;
  }

  public List<UserExperiment> getExperimentMemberships() {
    return experimentMemberships;
  }

  public List<UserExperiment> getGrantedExperimentMemberships() {
    return grantedExperimentMemberships;
  }

  public List<AerpawUserRequest> getRequests() {
    return requests;
  }

  public List<AerpawUserRequest> getCompletedRequests() {
    return completedRequests;
  }
}

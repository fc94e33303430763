package org.aerpaw.portal.domain.profiles;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.domain.mixins.Tracked;
import org.aerpaw.portal.domain.users.AerpawUser;

/** What a user says of himself, and the tokens the portal holds for him. */
@Entity
@Table(name = "profiles_aerpawuserprofile")
public class AerpawUserProfile extends Tracked {

  @Column(name = "access_token", columnDefinition = "text")
  private String accessToken;

  @Column(name = "employer", columnDefinition = "text")
  private String employer;

  @Column(name = "position", columnDefinition = "text")
  private String position;

  @Column(name = "refresh_token", columnDefinition = "text")
  private String refreshToken;

  @Column(name = "research_field", columnDefinition = "text")
  private String researchField;

  @Column(name = "uuid", nullable = false, length = 255)
  @NotNull
  @Size(max = 255)
  private String uuid;

  @OneToMany(mappedBy = "profile", cascade = CascadeType.REMOVE)
  private List<AerpawUser> users = new ArrayList<>();

  public String getAccessToken() {
    return accessToken;
  }

  public void setAccessToken(String accessToken) {
    this.accessToken = accessToken;
  }

  public String getEmployer() {
    return employer;
  }

  public void setEmployer(String employer) {
    this.employer = employer;
  }

  public String getPosition() {
    return position;
  }

  public void setPosition(String position) {
    this.position = position;
  }

  public String getRefreshToken() {
    return refreshToken;
  }

  public void setRefreshToken(String refreshToken) {
    this.refreshToken = refreshToken;
  }

  public String getResearchField() {
    return researchField;
  }

  public void setResearchField(String researchField) {
    this.researchField = researchField;
  }

  public String getUuid() {
    return uuid;
  }

  public void setUuid(String uuid) {
    this.uuid = uuid;
  }

  public List<AerpawUser> getUsers() {
    return users;
  }
}

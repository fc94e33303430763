package org.aerpaw.portal.backup.foreign.google_group;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ForeignKey;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.aerpaw.portal.domain.users.AerpawUser;

/** Whether a user wants to be and is a member of the group. */
@Entity
@Table(name = "google_group_googlegroupmembership")
public class GoogleGroupMembership {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(nullable = false, updatable = false)
  private OffsetDateTime created;

  @Column(nullable = false)
  private OffsetDateTime modified;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(
      name = "user_id",
      nullable = false,
      foreignKey =
          @ForeignKey(
              foreignKeyDefinition =
                  "FOREIGN KEY (user_id) REFERENCES users_aerpawuser ON DELETE CASCADE"))
  private AerpawUser user;

  @Column(name = "consent_asked", nullable = false)
  private boolean consentAsked;

  @Column(name = "consent_given", nullable = false)
  private boolean consentGiven;

  @Column(nullable = false)
  private boolean member;
}

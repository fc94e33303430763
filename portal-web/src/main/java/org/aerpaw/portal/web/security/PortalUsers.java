package org.aerpaw.portal.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aerpaw.portal.domain.users.AerpawUser;

/** The portal's own users, their passwords and groups. */
@ApplicationScoped
class PortalUsers {

  /** Where no user has a password yet, a refusal still takes its time. */
  private static final String DECOY =
      "pbkdf2_sha256$600000$decoy$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  @PersistenceContext private EntityManager entities;

  /**
   * The groups of an active user who has this password; empty for everybody else. Which of the
   * reasons it was cannot be told from the time it takes.
   *
   * @throws jakarta.persistence.PersistenceException if the database is away
   */
  Optional<Set<String>> groupsOf(String username, String password) {
    Optional<AerpawUser> user = active(username);
    String decoy = decoy();
    Optional<DjangoPassword> expected =
        user.map(AerpawUser::getPassword).flatMap(DjangoPassword::parse);
    boolean matches =
        expected.or(() -> DjangoPassword.parse(decoy)).orElseThrow().matches(password);
    return matches && expected.isPresent() ? Optional.of(groups(username)) : Optional.empty();
  }

  /** The groups of an active user; empty for everybody else. */
  Optional<Set<String>> groupsOf(String username) {
    return active(username).map(user -> groups(username));
  }

  private Optional<AerpawUser> active(String username) {
    return entities
        .createQuery(
            "select u from AerpawUser u where u.username = :username and u.active = true",
            AerpawUser.class)
        .setParameter("username", username)
        .getResultStream()
        .findFirst();
  }

  /** A hash with as many iterations as the portal uses these days. */
  private String decoy() {
    List<String> newest =
        entities
            .createQuery(
                "select u.password from AerpawUser u where u.password like 'pbkdf2\\_sha256$%' escape '\\'"
                    + " order by u.id desc",
                String.class)
            .setMaxResults(1)
            .getResultList();
    return newest.stream()
        .filter(password -> DjangoPassword.parse(password).isPresent())
        .findFirst()
        .orElse(DECOY);
  }

  private Set<String> groups(String username) {
    return Set.copyOf(
        entities
            .createQuery(
                "select g.name from AerpawUser u join u.groups g where u.username = :username",
                String.class)
            .setParameter("username", username)
            .getResultList());
  }
}

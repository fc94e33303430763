package org.aerpaw.portal.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.aerpaw.portal.fixtures.database.PortalDatabase;

/** The portal's own users, their passwords and groups. */
@ApplicationScoped
class PortalUsers {

  private static final Logger LOG = System.getLogger(PortalUsers.class.getName());

  /** Where no user has a password yet, a refusal still takes its time. */
  private static final String DECOY =
      "pbkdf2_sha256$600000$decoy$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  @Inject private PortalDatabase database;

  /**
   * The groups of an active user who has this password; empty for everybody else. Which of the
   * reasons it was cannot be told from the time it takes.
   *
   * @throws jakarta.persistence.PersistenceException if the database is away
   */
  Optional<Set<String>> groupsOf(String username, String password) {
    Optional<String> hash = hash(username);
    String decoy = decoy();
    Optional<DjangoPassword> expected = hash.flatMap(DjangoPassword::parse);
    hash.ifPresent(stored -> warnIfUnsupported(username, stored));
    boolean matches =
        expected.or(() -> DjangoPassword.parse(decoy)).orElseThrow().matches(password);
    return matches && expected.isPresent() ? Optional.of(groups(username)) : Optional.empty();
  }

  /** In the log only, since whoever tries to log in must not learn about the users. */
  private static void warnIfUnsupported(String username, String hash) {
    DjangoPassword.whyUnsupported(hash)
        .ifPresent(
            reason ->
                LOG.log(
                    Level.WARNING,
                    "the user {0} cannot log in, since the password hash is not supported:"
                        + " {1}; Django''s manage.py changepassword makes a new one",
                    username,
                    reason));
  }

  /** The groups of an active user; empty for everybody else. */
  Optional<Set<String>> groupsOf(String username) {
    return hash(username).map(hash -> groups(username));
  }

  /** The hashed password of an active user. */
  private Optional<String> hash(String username) {
    return texts(
            "select u.password from AerpawUser u where u.username = :username and u.active = true",
            query -> query.setParameter("username", username))
        .stream()
        .findFirst();
  }

  /** A hash with as many iterations as the portal uses these days. */
  private String decoy() {
    return texts(
            "select u.password from AerpawUser u where u.password like 'pbkdf2\\_sha256$%' escape '\\'"
                + " order by u.id desc",
            query -> query.setMaxResults(1))
        .stream()
        .filter(password -> DjangoPassword.parse(password).isPresent())
        .findFirst()
        .orElse(DECOY);
  }

  private Set<String> groups(String username) {
    return Set.copyOf(
        texts(
            "select g.name from AerpawUser u join u.groups g where u.username = :username",
            query -> query.setParameter("username", username)));
  }

  private List<String> texts(String jpql, UnaryOperator<TypedQuery<String>> details) {
    try (EntityManager entities = database.entities().createEntityManager()) {
      return details.apply(entities.createQuery(jpql, String.class)).getResultList();
    }
  }
}

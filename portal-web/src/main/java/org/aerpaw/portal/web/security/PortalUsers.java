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

  /**
   * Checked if no user has a usable password, so that a refused login always takes as long as a
   * real check.
   */
  private static final String DECOY =
      "pbkdf2_sha256$600000$decoy$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  /**
   * @param password its hash
   */
  private record User(Integer id, String password) {}

  @Inject private PortalDatabase database;

  /**
   * The groups of an active user who has this password; empty for everybody else. A refusal takes
   * the same time whatever its reason, so that callers learn nothing from it.
   *
   * @throws jakarta.persistence.PersistenceException if the database cannot be reached
   */
  Optional<Set<String>> groupsOf(String username, String password) {
    Optional<User> user = active(username);
    String decoy = decoy();
    Optional<DjangoPassword> expected = user.map(User::password).flatMap(DjangoPassword::parse);
    user.ifPresent(PortalUsers::warnIfUnsupported);
    boolean matches =
        expected.or(() -> DjangoPassword.parse(decoy)).orElseThrow().matches(password);
    return matches && expected.isPresent() ? Optional.of(groups(username)) : Optional.empty();
  }

  /**
   * In the log only, since whoever tries to log in must not learn about the users; by the primary
   * key, since the log contains no values of users.
   */
  private static void warnIfUnsupported(User user) {
    DjangoPassword.whyUnsupported(user.password())
        .ifPresent(
            reason ->
                LOG.log(
                    Level.WARNING,
                    "the user with primary key {0} cannot log in, since the password hash is not"
                        + " supported: {1}; Django''s manage.py changepassword makes a new one",
                    String.valueOf(user.id()),
                    reason));
  }

  /** The groups of an active user; empty for everybody else. */
  Optional<Set<String>> groupsOf(String username) {
    return active(username).map(user -> groups(username));
  }

  private Optional<User> active(String username) {
    return query(
            Object[].class,
            "select u.id, u.password from AerpawUser u where u.username = :username"
                + " and u.active = true",
            query -> query.setParameter("username", username))
        .stream()
        .map(columns -> new User((Integer) columns[0], (String) columns[1]))
        .findFirst();
  }

  /** A hash with as many iterations as the portal uses these days. */
  private String decoy() {
    return query(
            String.class,
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
        query(
            String.class,
            "select g.name from AerpawUser u join u.groups g where u.username = :username",
            query -> query.setParameter("username", username)));
  }

  private <T> List<T> query(Class<T> type, String jpql, UnaryOperator<TypedQuery<T>> details) {
    try (EntityManager entities = database.entities().createEntityManager()) {
      return details.apply(entities.createQuery(jpql, type)).getResultList();
    }
  }
}

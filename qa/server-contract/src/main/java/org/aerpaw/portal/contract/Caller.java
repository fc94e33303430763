package org.aerpaw.portal.contract;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.aerpaw.portal.testing.TestDatabase;

/** Everybody who may knock, and how far they get. */
enum Caller {
  NOBODY(null, 401),
  WRONG_TOKEN("Bearer nonsense", 401),
  NO_SCHEME(Surroundings.TOKEN, 401),
  MALFORMED("Basic %%%", 401),
  UNKNOWN_USER(basic("stranger", Caller.PASSWORD), 401),
  WRONG_PASSWORD(basic("olga", "guess"), 401),
  EMPTY_PASSWORD(basic("olga", ""), 401),
  INACTIVE_OPERATOR(basic("ivan", Caller.PASSWORD), 401),
  UNUSABLE_PASSWORD(basic("ursula", Caller.PASSWORD), 401),
  OTHER_HASHER(basic("oscar", Caller.PASSWORD), 401),
  TOO_MANY_ITERATIONS(basic("tomas", Caller.PASSWORD), 401),
  EXPERIMENTER(basic("emil", Caller.PASSWORD), 403),
  OPERATOR(basic("olga", Caller.PASSWORD), 200),
  SITE_ADMIN(basic("sönke", Caller.PASSWORD), 200),
  TOKEN_HOLDER("Bearer " + Surroundings.TOKEN, 200);

  private static final String PASSWORD = "pässwörd:1";

  private final String authorization;

  /** 401, 403, or 200 for whoever is let through. */
  final int status;

  Caller(String authorization, int status) {
    this.authorization = authorization;
    this.status = status;
  }

  HttpRequest.Builder sign(HttpRequest.Builder request) {
    return authorization == null ? request : request.header("Authorization", authorization);
  }

  boolean hasPassword() {
    return authorization != null && authorization.startsWith("Basic ");
  }

  private static String basic(String username, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** Makes the users behind the callers, with groups that are there. */
  static void signUp(TestDatabase database) {
    String users =
        List.of(
                row("olga", hash(), true),
                row("ivan", hash(), false),
                row("ursula", "!Rl3xZ0y1", true),
                row("oscar", hash().replace("pbkdf2_sha256", "argon2"), true),
                row("tomas", hash().replace("$1000$", "$900000000$"), true),
                row("emil", hash(), true),
                row("sönke", hash(), true))
            .stream()
            .collect(Collectors.joining(", "));
    database.execute(
        "INSERT INTO users_aerpawuser (username, password, is_active, is_superuser,"
            + " is_staff, first_name, last_name, email,"
            + " date_joined, created, modified, created_by, modified_by, display_name, openid_sub, uuid) VALUES "
            + users
            + "; INSERT INTO users_aerpawuser_groups (aerpawuser_id, group_id) SELECT"
            + " u.id, g.id FROM users_aerpawuser u, auth_group g"
            + " WHERE (u.username, g.name) IN (('olga', 'operator'), ('ivan',"
            + " 'operator'), ('ursula', 'operator'), ('oscar', 'operator'), ('tomas', 'operator'),"
            + " ('emil', 'experimenter'), ('sönke', 'site_admin'))");
  }

  private static String row(String username, String password, boolean active) {
    return "('%s', '%s', %s, true, true, '', '', '', now(), now(), now(), '', '', '', '', '')"
        .formatted(username, password, active);
  }

  private static String hash() {
    try {
      var key =
          new PBEKeySpec(
              PASSWORD.toCharArray(), "salt".getBytes(StandardCharsets.UTF_8), 1000, 256);
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
      return "pbkdf2_sha256$1000$salt$" + Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

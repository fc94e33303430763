package org.aerpaw.portal.web.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The sessions of the console. A session is a signed cookie, so servers share it and a restart does
 * not end it. A new admin token ends all sessions.
 */
@ApplicationScoped
public class ConsoleSession {

  /** The name of the cookie. */
  public static final String COOKIE = "portal-session";

  /** A header that pages of other sites cannot send; requests of the console have it. */
  public static final String HEADER = "X-Portal-Console";

  public static final Duration LENGTH = Duration.ofHours(12);

  private static final String PURPOSE = "console session";

  @EJB private AdminToken adminToken;

  public ConsoleSession() {}

  ConsoleSession(AdminToken adminToken) {
    this.adminToken = adminToken;
  }

  /** The cookie of a caller, which is valid for {@link #LENGTH}. */
  public String begin(String caller, Instant now) {
    String content = encode(caller.getBytes(UTF_8)) + "." + now.plus(LENGTH).getEpochSecond();
    return content + "." + signature(content);
  }

  /** The caller who owns a cookie; empty if it is not valid or too old. */
  public Optional<String> caller(String cookie, Instant now) {
    int last = cookie.lastIndexOf('.');
    int first = cookie.indexOf('.');
    if (first < 0 || first == last) {
      return Optional.empty();
    }
    String content = cookie.substring(0, last);
    String signature = cookie.substring(last + 1);
    if (!MessageDigest.isEqual(signature.getBytes(UTF_8), signature(content).getBytes(UTF_8))) {
      return Optional.empty();
    }
    Instant end = Instant.ofEpochSecond(Long.parseLong(content.substring(first + 1)));
    byte[] caller = Base64.getUrlDecoder().decode(content.substring(0, first));
    return now.isBefore(end) ? Optional.of(new String(caller, UTF_8)) : Optional.empty();
  }

  private String signature(String content) {
    return encode(adminToken.sign(PURPOSE, content));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

package org.aerpaw.portal.web.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password hash in the format of Django's default hasher: {@code
 * pbkdf2_sha256$iterations$salt$base64}. Every version of Django writes it, with more iterations in
 * newer ones: 260,000 in 3.2, and 1,500,000 in 6.1.
 */
final class DjangoPassword {

  /** Takes a few seconds. A hash with more iterations could keep a processor busy for minutes. */
  static final int MAX_ITERATIONS = 5_000_000;

  private static final String HASHER = "pbkdf2_sha256";

  private static final Pattern FORM =
      Pattern.compile("pbkdf2_sha256\\$([1-9]\\d{0,8})\\$([^$]+)\\$([A-Za-z0-9+/]{43}=)");

  /** The name of a hasher, before its parameters. */
  private static final Pattern NAME = Pattern.compile("([a-z0-9_]{1,30})\\$");

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private DjangoPassword(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /**
   * Empty for an unusable password ({@code !...}), one of another hasher, or one with too many
   * iterations.
   */
  static Optional<DjangoPassword> parse(String encoded) {
    Matcher form = FORM.matcher(encoded);
    if (!form.matches() || Integer.parseInt(form.group(1)) > MAX_ITERATIONS) {
      return Optional.empty();
    }
    return Optional.of(
        new DjangoPassword(
            Integer.parseInt(form.group(1)),
            form.group(2).getBytes(StandardCharsets.UTF_8),
            Base64.getDecoder().decode(form.group(3))));
  }

  /** Why no password matches a hash; empty if one can, or if the user has none. */
  static Optional<String> whyUnsupported(String encoded) {
    Matcher hasher = NAME.matcher(encoded);
    if (!hasher.lookingAt() || parse(encoded).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        hasher.group(1).equals(HASHER)
            ? "it is malformed or has more than " + MAX_ITERATIONS + " iterations"
            : "the hasher is " + hasher.group(1) + ", and only " + HASHER + " is supported");
  }

  /** Compares in constant time. */
  boolean matches(String password) {
    try {
      var key = new PBEKeySpec(password.toCharArray(), salt, iterations, hash.length * Byte.SIZE);
      byte[] derived =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
      return MessageDigest.isEqual(derived, hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no PBKDF2 with HMAC-SHA256", e);
    }
  }
}

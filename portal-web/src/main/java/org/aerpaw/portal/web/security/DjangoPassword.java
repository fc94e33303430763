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
 * pbkdf2_sha256$iterations$salt$base64}.
 */
final class DjangoPassword {

  private static final Pattern FORM =
      Pattern.compile("pbkdf2_sha256\\$([1-9]\\d{0,8})\\$([^$]+)\\$([A-Za-z0-9+/]{43}=)");

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private DjangoPassword(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Empty for an unusable password ({@code !...}) or one of another hasher. */
  static Optional<DjangoPassword> parse(String encoded) {
    Matcher form = FORM.matcher(encoded);
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new DjangoPassword(
            Integer.parseInt(form.group(1)),
            form.group(2).getBytes(StandardCharsets.UTF_8),
            Base64.getDecoder().decode(form.group(3))));
  }

  /** Compares in constant time. */
  boolean matches(String password) {
    try {
      var key = new PBEKeySpec(password.toCharArray(), salt, iterations, hash.length * Byte.SIZE);
      byte[] derived =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
      return MessageDigest.isEqual(derived, hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no PBKDF2 with HMAC-SHA256", e);
    }
  }
}

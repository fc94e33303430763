package org.aerpaw.portal.web.security;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.aerpaw.portal.backup.secret.SecretFile;

/**
 * The admin token: the setting {@code portal.admin.token}, otherwise the file {@code admin-token}
 * in the state directory, which the first start creates for its owner only.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class AdminToken {

  private static final String SIGNATURE = "HmacSHA256";

  private byte[] token;

  public AdminToken() {}

  AdminToken(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  @PostConstruct
  void load() {
    // Read here, so that invalid settings stop the start.
    SecuritySettings settings = SecuritySettings.read();
    Path directory = settings.stateDirectory();
    Optional<String> setting = settings.adminToken();
    try {
      token = setting.isPresent() ? requireValid(setting.get()) : readOrCreate(directory);
    } catch (IOException e) {
      throw new AdminTokenException(
          "the admin token cannot be read from or written to " + directory + ": " + e, e);
    }
  }

  /** Compares in constant time. */
  public boolean matches(String presented) {
    return MessageDigest.isEqual(presented.getBytes(StandardCharsets.UTF_8), token);
  }

  /** Signs a text with a key that is derived from the token for a purpose. */
  public byte[] sign(String purpose, String text) {
    return hmac(hmac(token, purpose), text);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(SIGNATURE);
      mac.init(new SecretKeySpec(key, SIGNATURE));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no " + SIGNATURE, e);
    }
  }

  private static byte[] requireValid(String value) {
    if (!value.matches("[A-Za-z0-9._~+/=-]+")) {
      throw new AdminTokenException(
          "PORTAL_ADMIN_TOKEN contains a character that is not allowed; allowed: letters (A-Z,"
              + " a-z), digits and . _ ~ + / = -");
    }
    return value.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] readOrCreate(Path directory) throws IOException {
    return new SecretFile(directory.resolve("admin-token"))
        .readOrCreate()
        .getBytes(StandardCharsets.UTF_8);
  }
}

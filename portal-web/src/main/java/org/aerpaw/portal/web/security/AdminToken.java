package org.aerpaw.portal.web.security;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The admin token: the setting {@code portal.admin.token}, otherwise the file {@code admin-token}
 * in the state directory, which the first start creates for its owner only.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class AdminToken {

  private static final String SIGNATURE = "HmacSHA256";
  private static final Logger LOG = System.getLogger(AdminToken.class.getName());

  @Inject
  @ConfigProperty(name = "portal.admin.token")
  private Optional<String> setting;

  @Inject
  @ConfigProperty(name = "portal.state.dir", defaultValue = ".portal")
  private String stateDirectory;

  private byte[] token;

  public AdminToken() {}

  AdminToken(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  @PostConstruct
  void find() {
    Path directory = Path.of(stateDirectory);
    try {
      token = setting.isPresent() ? checked(setting.get()) : kept(directory);
    } catch (IOException e) {
      throw new AdminTokenException(
          "the admin token cannot be written to " + directory + ": " + e, e);
    }
  }

  /** Compares in constant time. */
  public boolean is(String presented) {
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
      throw new IllegalStateException("this Java has no " + SIGNATURE, e);
    }
  }

  private static byte[] checked(String value) {
    if (!value.matches("[A-Za-z0-9._~+/=-]+")) {
      throw new AdminTokenException(
          "PORTAL_ADMIN_TOKEN can contain letters, digits and . _ ~ + / = -");
    }
    return value.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] kept(Path directory) throws IOException {
    Path file = directory.resolve("admin-token");
    if (Files.notExists(file)) {
      make(directory, file);
    }
    String kept = Files.readString(file).strip();
    if (kept.isEmpty()) {
      throw new AdminTokenException(
          file + " is empty; delete it, and the next start creates a new token");
    }
    return kept.getBytes(StandardCharsets.UTF_8);
  }

  private static void make(Path directory, Path file) throws IOException {
    if (Files.notExists(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Path fresh =
        Files.createTempFile(
            directory,
            "admin-token",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      var random = new byte[32];
      new SecureRandom().nextBytes(random);
      Files.writeString(
          fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
      // Unlike a move, a link never replaces the token that another instance has just made.
      Files.createLink(file, fresh);
      LOG.log(Level.INFO, "created an admin token in {0}", file);
    } catch (FileAlreadyExistsException e) {
      LOG.log(Level.INFO, "another instance created the admin token in {0}", file);
    } finally {
      Files.delete(fresh);
    }
  }
}

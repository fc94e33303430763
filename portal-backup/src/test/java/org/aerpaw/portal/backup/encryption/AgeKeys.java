package org.aerpaw.portal.backup.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;

/**
 * A new pair of keys in age's notation.
 *
 * @param recipient the public key
 * @param identity the private key
 */
public record AgeKeys(String recipient, String identity) {

  static final String ARMOR_END = "\n-----END AGE ENCRYPTED FILE-----\n";

  public static AgeKeys generate() {
    try {
      KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
      return new AgeKeys(
          new String(pair.getPublic().getEncoded(), US_ASCII),
          new String(pair.getPrivate().getEncoded(), US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same age file in ASCII. */
  static byte[] armored(byte[] encrypted) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encrypted);
    return ("-----BEGIN AGE ENCRYPTED FILE-----\n" + lines + ARMOR_END).getBytes(US_ASCII);
  }
}

package org.aerpaw.portal.backup.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.security.GeneralSecurityException;
import java.security.KeyPair;

/**
 * A new pair of keys in age's notation.
 *
 * @param recipient the public key
 * @param identity the private key
 */
public record AgeKeys(String recipient, String identity) {

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
}

package org.aerpaw.portal.backup.encryption;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.io.output.CloseShieldOutputStream;

/**
 * The public keys for whom files are encrypted. The private key of any one of them suffices to
 * decrypt.
 *
 * @param keys such as {@code age1...}, in the order of the setting
 */
public record Recipients(List<String> keys) {

  private static final int BUFFER = 1 << 16;

  public Recipients {
    keys = List.copyOf(keys);
  }

  /**
   * Parses public keys that are separated by spaces.
   *
   * @throws IllegalArgumentException naming every key that is invalid, without showing private ones
   */
  public static Recipients parse(String text) {
    List<String> problems = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    int number = 0;
    for (String key : text.strip().split("\\s+")) {
      number++;
      if (key.toUpperCase(Locale.ROOT).startsWith(Identity.PREFIX)) {
        problems.add("number " + number + " is a private key, which must not be on the server");
      } else if (!isPublicKey(key)) {
        problems.add("number " + number + " is not a public key");
      } else if (!keys.add(key)) {
        problems.add("number " + number + " is given twice");
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(", ", problems));
    }
    return new Recipients(List.copyOf(keys));
  }

  private static boolean isPublicKey(String key) {
    try {
      X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(key);
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  /**
   * Returns a stream that encrypts to another one. Closing it completes the file and leaves the
   * other stream open.
   */
  public OutputStream encrypt(OutputStream out) throws IOException {
    var file = new BufferedOutputStream(CloseShieldOutputStream.wrap(out), BUFFER);
    try {
      List<RecipientStanzaWriter> writers = new ArrayList<>();
      for (String key : keys) {
        writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(key));
      }
      return Channels.newOutputStream(
          new StandardEncryptingChannelFactory()
              .newEncryptingChannel(Channels.newChannel(file), writers));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime cannot encrypt with age", e);
    }
  }
}

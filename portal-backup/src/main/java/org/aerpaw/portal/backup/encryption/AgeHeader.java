package org.aerpaw.portal.backup.encryption;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;

/**
 * The readable part of an age file.
 *
 * @param types the type of each recipient, such as {@code X25519}; who they are is not readable
 */
record AgeHeader(List<String> types) {

  /** The first line of an armored file, whose other lines are Base64. */
  private static final String ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----";

  private static final String RECIPIENT = "-> ";
  private static final String PASSPHRASE = "scrypt";
  private static final int MAX_BYTES = 1 << 16;

  /** Whether a file is armored. It is read from its beginning again afterwards. */
  static boolean isArmored(BufferedInputStream file) throws IOException {
    file.mark(ARMOR.length());
    byte[] beginning = file.readNBytes(ARMOR.length());
    file.reset();
    return new String(beginning, ISO_8859_1).equals(ARMOR);
  }

  /** Reads the header of a file; one without recipients if it is damaged. */
  static AgeHeader read(InputStream file) throws IOException {
    String text = new String(file.readNBytes(MAX_BYTES), ISO_8859_1);
    List<String> types =
        (text.startsWith(ARMOR) ? decoded(text.substring(ARMOR.length())) : text)
            .lines()
            .takeWhile(line -> !line.startsWith("---"))
            .filter(line -> line.startsWith(RECIPIENT))
            .map(line -> line.substring(RECIPIENT.length()).split(" ")[0])
            .toList();
    return new AgeHeader(types);
  }

  private static String decoded(String armored) {
    String digits = armored.split("-", 2)[0].replaceAll("\\s", "");
    try {
      return new String(
          Base64.getDecoder().decode(digits.substring(0, digits.length() / 4 * 4)), ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  boolean hasPassphrase() {
    return types.contains(PASSPHRASE);
  }

  /** How many recipients there are, for messages. */
  String recipients() {
    return types.size() == 1 ? "one recipient" : types.size() + " recipients";
  }
}

package org.aerpaw.portal.cli.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.aerpaw.portal.cli.command.Specs;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** One or more private keys in a file that {@code age-keygen} wrote. */
public final class IdentityFile {

  private static final String OPTION = "--identity";
  private static final String STANDARD_INPUT = "-";

  /** How age files begin, in both formats. */
  private static final Set<String> ENCRYPTED =
      Set.of("age-encryption.org/v1", "-----BEGIN AGE ENCRYPTED FILE-----");

  private static final int MAX_BYTES = 1 << 20;
  private static final String PREFIX = "AGE-SECRET-KEY-";

  private final String keys;
  private final List<RecipientStanzaReader> readers = new ArrayList<>();

  private IdentityFile(String file) throws CommandFailedException {
    var found = new StringBuilder();
    List<String> lines = lines(file);
    if (!lines.isEmpty() && ENCRYPTED.contains(lines.get(0))) {
      throw new CommandFailedException(
          ExitStatus.WRONG_USAGE,
          file.equals(STANDARD_INPUT)
              ? "Standard input is an encrypted file; decrypt it first, with age -d."
              : ("%1$s is itself encrypted. Decrypt it with age, and let ./portal read the result from"
                      + " standard input: age -d %1$s | ./portal ... -")
                  .formatted(file));
    }
    for (String line : lines) {
      if (line.startsWith(PREFIX)) {
        found.append(line.strip()).append('\n');
        readers.add(reader(line.strip(), file));
      }
    }
    if (readers.isEmpty()) {
      throw new CommandFailedException(
          ExitStatus.WRONG_USAGE,
          source(file)
              + " contains no private key, which is a line that begins with "
              + PREFIX
              + ".");
    }
    keys = found.toString();
  }

  /**
   * @param file its path, or {@code -} for standard input
   */
  public static IdentityFile read(String file) throws CommandFailedException {
    return new IdentityFile(file);
  }

  /**
   * The option {@code --identity}.
   *
   * @param command what the key is used for
   */
  public static OptionSpec option(String command) {
    return Specs.option(
            OPTION,
            "FILE",
            "The private key that decrypts encrypted files, as age-keygen wrote it; - reads it from"
                + " standard input. It is sent to the server for this "
                + command
                + " only.")
        .build();
  }

  /** The private keys in the file of the option; null if it is not given. */
  public static String keys(ParseResult arguments) throws CommandFailedException {
    String file = arguments.matchedOptionValue(OPTION, "");
    return file.isEmpty() ? null : read(file).keys();
  }

  private static String source(String file) {
    return file.equals(STANDARD_INPUT) ? "Standard input" : file;
  }

  private static List<String> lines(String file) throws CommandFailedException {
    try {
      byte[] content =
          file.equals(STANDARD_INPUT)
              ? System.in.readNBytes(MAX_BYTES)
              : Files.readAllBytes(Specs.file(file));
      // An encrypted file is not text, but begins with a line.
      return new String(content, ISO_8859_1).lines().toList();
    } catch (NoSuchFileException e) {
      throw new CommandFailedException(ExitStatus.WRONG_USAGE, "There is no file " + file + ".");
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitStatus.WRONG_USAGE, file + " cannot be read: " + e.getMessage());
    }
  }

  private static RecipientStanzaReader reader(String key, String file)
      throws CommandFailedException {
    try {
      return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(key);
    } catch (GeneralSecurityException | RuntimeException e) {
      // Without the message, which may show the key.
      throw new CommandFailedException(
          ExitStatus.WRONG_USAGE, source(file) + " contains a damaged private key.");
    }
  }

  /** The private keys, one line each, without what else the file contains. */
  public String keys() {
    return keys;
  }

  /**
   * Whether one of the keys decrypts an age file.
   *
   * @param beginning all of the file's header at least
   */
  public boolean decrypts(byte[] beginning) {
    try {
      new StandardDecryptingChannelFactory()
          .newDecryptingChannel(Channels.newChannel(new ByteArrayInputStream(beginning)), readers)
          .close();
      return true;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }
}

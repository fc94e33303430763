package org.aerpaw.portal.cli.client;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.cli.command.Specs;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** One or more private keys in a file that {@code age-keygen} wrote. */
public final class IdentityFile {

  private static final String OPTION = "--identity";
  private static final String PREFIX = "AGE-SECRET-KEY-";

  private final String keys;
  private final List<RecipientStanzaReader> readers = new ArrayList<>();

  private IdentityFile(Path file) throws CommandFailedException {
    var found = new StringBuilder();
    for (String line : lines(file)) {
      if (line.startsWith(PREFIX)) {
        found.append(line.strip()).append('\n');
        readers.add(reader(line.strip(), file));
      }
    }
    if (readers.isEmpty()) {
      throw new CommandFailedException(
          ExitStatus.WRONG_USAGE,
          file
              + " contains no private key, which is a line that begins with "
              + PREFIX
              + ". If the file is protected by a passphrase, decrypt it with age -d first.");
    }
    keys = found.toString();
  }

  public static IdentityFile read(String file) throws CommandFailedException {
    return new IdentityFile(Path.of(file));
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
            "The private key that decrypts encrypted files, as age-keygen wrote it. It is sent to"
                + " the server for this "
                + command
                + " only.")
        .build();
  }

  /** The private keys in the file of the option; null if it is not given. */
  public static String keys(ParseResult arguments) throws CommandFailedException {
    String file = arguments.matchedOptionValue(OPTION, "");
    return file.isEmpty() ? null : read(file).keys();
  }

  private static List<String> lines(Path file) throws CommandFailedException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailedException(ExitStatus.WRONG_USAGE, "There is no file " + file + ".");
    } catch (IOException e) {
      throw new CommandFailedException(ExitStatus.WRONG_USAGE, file + " cannot be read: " + e);
    }
  }

  private static RecipientStanzaReader reader(String key, Path file) throws CommandFailedException {
    try {
      return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(key);
    } catch (GeneralSecurityException | RuntimeException e) {
      // Without the message, which may show the key.
      throw new CommandFailedException(
          ExitStatus.WRONG_USAGE, file + " contains a damaged private key.");
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

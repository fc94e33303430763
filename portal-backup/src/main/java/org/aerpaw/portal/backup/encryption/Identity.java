package org.aerpaw.portal.backup.encryption;

import com.exceptionfactory.jagged.DecryptingChannelFactory;
import com.exceptionfactory.jagged.PayloadException;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecodingException;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aerpaw.portal.backup.fixture.compress.CorruptArchiveException;
import org.aerpaw.portal.backup.run.InvalidRequestException;

/**
 * One or more private keys in the form of a file that {@code age-keygen} wrote: a line for each,
 * besides comments and blank lines. Its text appears nowhere else, and {@link #close} overwrites
 * it.
 */
@JsonbTypeAdapter(Identity.Adapter.class)
public final class Identity implements AutoCloseable {

  /** The member of requests. */
  public static final String MEMBER = "identity";

  private static final int BUFFER = 1 << 16;

  static final String PREFIX = "AGE-SECRET-KEY-";

  private final char[] text;

  private Identity(char[] text) {
    this.text = text;
  }

  /** Nothing is checked yet. */
  public static Identity of(String text) {
    return new Identity(text.toCharArray());
  }

  /**
   * Fails unless every line is a private key, a comment or blank, and at least one is a key.
   *
   * @param identity null if a request has none
   * @throws InvalidRequestException that does not show any of them
   */
  public static void requireValid(Identity identity) throws InvalidRequestException {
    try {
      if (identity != null) {
        identity.readers();
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(MEMBER, e.getMessage());
    }
  }

  /**
   * Decrypts a file, in age's binary format or armored. Its header is read at once.
   *
   * @return a stream that throws {@link CorruptArchiveException} if the file is damaged or
   *     truncated; closing it closes the file
   * @throws WrongIdentityException if the file is not encrypted for this identity
   * @throws CorruptArchiveException if it is not an age file, or if its header is damaged
   */
  public InputStream decrypt(InputStream file) throws IOException {
    var in = new BufferedInputStream(file, BUFFER);
    try {
      DecryptingChannelFactory age =
          AgeHeader.isArmored(in)
              ? new ArmoredDecryptingChannelFactory()
              : new StandardDecryptingChannelFactory();
      return Channels.newInputStream(age.newDecryptingChannel(Channels.newChannel(in), readers()));
    } catch (UnsupportedRecipientStanzaException e) {
      throw new WrongIdentityException(e);
    } catch (PayloadException
        | ArmoredDecodingException
        | GeneralSecurityException
        | RuntimeException e) {
      // A damaged header can make the library throw any exception.
      throw damaged(e);
    }
  }

  static CorruptArchiveException damaged(Exception cause) {
    return new CorruptArchiveException("not an age file, or a damaged or truncated one", cause);
  }

  private List<RecipientStanzaReader> readers() {
    List<RecipientStanzaReader> readers = new ArrayList<>();
    for (int start = 0; start < text.length; ) {
      int end = start;
      while (end < text.length && text[end] != '\n') {
        end++;
      }
      CharSequence line = strip(start, end);
      if (line.length() > 0 && line.charAt(0) != '#') {
        readers.add(reader(line));
      }
      start = end + 1;
    }
    if (readers.isEmpty()) {
      throw new IllegalArgumentException(
          "contains no private key, which is a line that begins with " + PREFIX);
    }
    return readers;
  }

  private CharSequence strip(int start, int end) {
    int first = start;
    int last = end;
    while (first < last && Character.isWhitespace(text[first])) {
      first++;
    }
    while (last > first && Character.isWhitespace(text[last - 1])) {
      last--;
    }
    return CharBuffer.wrap(text, first, last - first);
  }

  private static RecipientStanzaReader reader(CharSequence line) {
    try {
      return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line);
    } catch (GeneralSecurityException | RuntimeException e) {
      // Without the cause, whose message may show the line.
      throw new IllegalArgumentException(
          "contains a line that is neither a comment nor a private key such as age-keygen writes");
    }
  }

  /** Overwrites the private keys. */
  @Override
  public void close() {
    Arrays.fill(text, '\0');
  }

  /** Says nothing about the keys. */
  @Override
  public String toString() {
    return "an identity";
  }

  /** Reads an identity from a request; writes none. */
  public static final class Adapter implements JsonbAdapter<Identity, String> {

    @Override
    public String adaptToJson(Identity identity) {
      return null;
    }

    @Override
    public Identity adaptFromJson(String text) {
      return text == null ? null : Identity.of(text);
    }
  }
}

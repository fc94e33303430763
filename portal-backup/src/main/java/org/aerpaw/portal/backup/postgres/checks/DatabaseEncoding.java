package org.aerpaw.portal.backup.postgres.checks;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.UnsupportedCharsetException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aerpaw.portal.backup.postgres.Transaction;

/** The characters that a database can store. */
public final class DatabaseEncoding {

  /** Encodings that store every character, or any bytes. */
  private static final Set<String> UNLIMITED = Set.of("UTF8", "SQL_ASCII", "MULE_INTERNAL");

  /**
   * Java's names of the encodings whose PostgreSQL names Java does not know.
   *
   * @see <a href="https://www.postgresql.org/docs/current/multibyte.html">Character set support</a>
   */
  private static final Map<String, String> JAVA_NAMES =
      Map.ofEntries(
          Map.entry("LATIN5", "ISO-8859-9"),
          Map.entry("LATIN6", "ISO-8859-10"),
          Map.entry("LATIN7", "ISO-8859-13"),
          Map.entry("LATIN8", "ISO-8859-14"),
          Map.entry("LATIN9", "ISO-8859-15"),
          Map.entry("LATIN10", "ISO-8859-16"),
          Map.entry("WIN866", "IBM866"),
          Map.entry("WIN874", "x-windows-874"),
          Map.entry("KOI8R", "KOI8-R"),
          Map.entry("KOI8U", "KOI8-U"));

  private final String name;
  private final CharsetEncoder encoder;

  private DatabaseEncoding(String name, CharsetEncoder encoder) {
    this.name = name;
    this.encoder = encoder;
  }

  /**
   * The encoding of a database; empty if it stores every character, or if Java does not know it.
   */
  public static Optional<DatabaseEncoding> limited(Transaction transaction) throws SQLException {
    return of(transaction.queryOne(row -> row.getString(1), "SHOW server_encoding"));
  }

  private static Optional<DatabaseEncoding> of(String name) {
    if (UNLIMITED.contains(name)) {
      return Optional.empty();
    }
    String javaName =
        JAVA_NAMES.getOrDefault(
            name, name.replace("WIN", "windows-").replace("ISO_8859_", "ISO-8859-"));
    try {
      return Optional.of(new DatabaseEncoding(name, Charset.forName(javaName).newEncoder()));
    } catch (UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  /** Names a character of the text that the database cannot store; empty if it can store all. */
  public Optional<String> problem(String text) {
    if (encoder.canEncode(text)) {
      return Optional.empty();
    }
    return text.codePoints()
        .filter(character -> !encoder.canEncode(Character.toString(character)))
        .mapToObj(
            character ->
                "the text contains the character U+%04X, which the database's encoding %s lacks"
                    .formatted(character, name))
        .findFirst();
  }
}

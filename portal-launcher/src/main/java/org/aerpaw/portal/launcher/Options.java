package org.aerpaw.portal.launcher;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The words after {@code run_server.sh}.
 *
 * @param loadFixtures what {@code --load-fixtures} says, for the portal to judge; {@code true}
 *     where it stands alone
 */
record Options(Optional<String> loadFixtures, String address, int port, boolean help) {

  static final String USAGE =
      """
      usage: run_server.sh [--load-fixtures[=VALUE]] [--port N] [--address A]

        --load-fixtures   load the fixtures at this start; VALUE is true (as without a value),
                          once (only what was not loaded before) or false
        --port N          serve on this port instead of 8080
        --address A       serve on this address instead of 127.0.0.1

      The database is the one that POSTGRES_HOST, _PORT, _DB, _USER and _PASSWORD name; without
      POSTGRES_HOST an embedded PostgreSQL is started and kept in ./db_data. PORTAL_JAVA_OPTS holds
      options for the server's Java, such as -Xmx512m.
      """;

  /**
   * @throws IllegalArgumentException if a word is off; the message names it and what is allowed
   */
  static Options parse(List<String> words) {
    Optional<String> loadFixtures = Optional.empty();
    String address = "127.0.0.1";
    int port = 8080;
    boolean help = false;
    var rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      String name = equals < 0 ? word : word.substring(0, equals);
      Optional<String> value =
          equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
      switch (name) {
        case "--load-fixtures" -> loadFixtures = Optional.of(value.orElse("true"));
        case "--port" -> port = port(value.orElseGet(() -> next(name, rest)));
        case "--address" -> address = value.orElseGet(() -> next(name, rest));
        case "--help", "-h" -> help = true;
        default ->
            throw new IllegalArgumentException(
                word + " is unknown; allowed are --load-fixtures, --port, --address and --help");
      }
    }
    return new Options(loadFixtures, address, port, help);
  }

  private static String next(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    return rest.next();
  }

  private static int port(String text) {
    if (text.matches("\\d{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    throw new IllegalArgumentException("--port is a number from 1 to 65535, not '" + text + "'");
  }
}

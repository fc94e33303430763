package org.aerpaw.portal.backup.postgres;

/** Names in SQL text. */
public final class Identifiers {

  private Identifiers() {}

  /** A name so quoted that it is taken as it is. */
  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}

package org.aerpaw.portal.backup.postgres;

/** Quotes identifiers for SQL statements. */
public final class Identifiers {

  private Identifiers() {}

  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}

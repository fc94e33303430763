package org.aerpaw.portal.launcher.client;

/** How many of a thing there are, in words. */
final class Plural {

  private Plural() {}

  /** {@code 1 file}, {@code 2 files}. */
  static String of(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}

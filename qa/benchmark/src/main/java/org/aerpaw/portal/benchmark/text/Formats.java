package org.aerpaw.portal.benchmark.text;

import java.util.Locale;

/** Formats numbers for people. */
public final class Formats {

  private Formats() {}

  /** With three digits that count: {@code 0.123 s}, {@code 12.3 s}, {@code 123 s}. */
  public static String seconds(double seconds) {
    return number(seconds) + " s";
  }

  public static String number(double value) {
    int decimals = value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** How often: {@code 2.0}, {@code 0.52}, {@code 61}. */
  public static String factor(double value) {
    return String.format(Locale.ROOT, value < 2 ? "%.2f" : value < 20 ? "%.1f" : "%.0f", value);
  }

  /** {@code 500,000}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  public static String megabytes(long bytes) {
    return Math.round(bytes / (1024.0 * 1024)) + " MiB";
  }
}

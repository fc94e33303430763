package org.aerpaw.portal.web.sets;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of a file from the first to the last, both included, counted from 0. */
record ByteRange(long first, long last) {

  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  /**
   * Parses a {@code Range} header; empty if it is missing or not supported. The range may be
   * outside of the file.
   */
  static Optional<ByteRange> parse(String header, long length) {
    Matcher single = SINGLE.matcher(header == null ? "" : header.replace(" ", ""));
    if (!single.matches() || single.group(1).isEmpty() && single.group(2).isEmpty()) {
      return Optional.empty();
    }
    long end = length - 1;
    if (single.group(1).isEmpty()) {
      long suffix = number(single.group(2));
      return Optional.of(
          suffix == 0
              ? new ByteRange(length, length)
              : new ByteRange(Math.max(0, length - suffix), end));
    }
    long first = number(single.group(1));
    if (single.group(2).isEmpty()) {
      return Optional.of(new ByteRange(first, Math.max(first, end)));
    }
    long last = number(single.group(2));
    return last < first
        ? Optional.empty()
        : Optional.of(new ByteRange(first, first > end ? last : Math.min(last, end)));
  }

  private static long number(String digits) {
    return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  boolean isWithin(long size) {
    return first < size;
  }

  long length() {
    return last - first + 1;
  }

  /** Formats the range for {@code Content-Range}. */
  @Override
  public String toString() {
    return first + "-" + last;
  }
}

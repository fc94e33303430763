package org.aerpaw.portal.backup.run;

import java.util.List;

/** A run was asked for in words that are off. Nothing was started. */
public final class InvalidRequestException extends Exception {

  private final transient List<String> problems;

  public InvalidRequestException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** All that is off, a sentence each; at least one. */
  public List<String> problems() {
    return problems;
  }
}

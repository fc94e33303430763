package org.aerpaw.portal.launcher.client;

import java.util.List;

/** A command ends before all of it was done. */
final class CommandFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ExitStatus status;
  private final transient List<String> lines;

  /**
   * @param lines for the operator, on standard error
   */
  CommandFailedException(ExitStatus status, List<String> lines) {
    super(String.join("\n", lines));
    this.status = status;
    this.lines = List.copyOf(lines);
  }

  CommandFailedException(ExitStatus status, String line) {
    this(status, List.of(line));
  }

  ExitStatus status() {
    return status;
  }

  List<String> lines() {
    return lines;
  }
}

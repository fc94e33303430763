package org.aerpaw.portal.cli.client;

import java.util.List;

/** Ends a command with an exit status and messages for standard error. */
public final class CommandFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ExitStatus status;
  private final transient List<String> lines;

  public CommandFailedException(ExitStatus status, List<String> lines) {
    super(String.join("\n", lines));
    this.status = status;
    this.lines = List.copyOf(lines);
  }

  public CommandFailedException(ExitStatus status, String line) {
    this(status, List.of(line));
  }

  public ExitStatus status() {
    return status;
  }

  public List<String> lines() {
    return lines;
  }
}

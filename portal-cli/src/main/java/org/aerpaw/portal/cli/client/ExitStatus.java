package org.aerpaw.portal.cli.client;

/** The exit status of a command, for scripts. */
public enum ExitStatus {
  SUCCESS(0),
  /** The server refused the request or failed. */
  FAILED(1),
  /** The arguments are wrong, or the server rejected the request as invalid. */
  WRONG_USAGE(2),
  NO_SERVER(3),

  // Those of "portal status", as monitoring plugins of Nagios have them.
  WARNING(1),
  CRITICAL(2),
  UNKNOWN(3);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}

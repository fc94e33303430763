package org.aerpaw.portal.launcher.client;

/** What the scripts end with, for other scripts. */
enum ExitStatus {
  /** All of it was done. */
  DONE(0),
  /** The server refused or failed. */
  FAILED(1),
  /** The words of the command are off. */
  WORDS_OFF(2),
  /** No server answers. */
  NO_SERVER(3);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}

package org.aerpaw.portal.launcher;

import java.io.IOException;

/**
 * Stops the server when its launcher has ended, even after {@code kill -9}. Loaded into the server
 * as a Java agent: its standard input is a pipe from the launcher, which the system closes however
 * the launcher ends.
 */
public final class ParentWatchdog {

  private ParentWatchdog() {}

  /** Called by the server's Java before its main method. */
  public static void premain(String argument) {
    var watch = new Thread(ParentWatchdog::watch, "lifeline");
    watch.setDaemon(true);
    watch.start();
  }

  private static void watch() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever written; only the end matters.
      }
    } catch (IOException e) {
      // A broken pipe is an end as well.
    }
    System.exit(1);
  }
}

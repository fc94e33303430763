package org.aerpaw.portal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Programs of the operating system. */
final class Shell {

  private Shell() {}

  /** Executes a command, which has to succeed, and returns its output. */
  static String execute(Path directory, String command) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", "set -euo pipefail; " + command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
    return output;
  }
}

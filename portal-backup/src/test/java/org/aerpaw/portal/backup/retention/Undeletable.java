package org.aerpaw.portal.backup.retention;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes a directory that Java cannot delete, whoever runs it: its subdirectories are so deep that
 * their paths are longer than the system allows.
 */
final class Undeletable implements AutoCloseable {

  private static final String DESCEND =
      "cd \"$1\" && name=$(printf 'd%.0s' {1..250}) && for i in {1..20}; do mkdir $name && cd $name"
          + " || exit 1; done";

  private final Path parent;

  private Undeletable(Path parent) {
    this.parent = parent;
  }

  static Undeletable make(Path directory) throws IOException, InterruptedException {
    run("bash", "-c", DESCEND, "bash", directory.toString());
    return new Undeletable(directory.getParent());
  }

  /** Deletes everything beside the directory too, since it may have been renamed. */
  @Override
  public void close() throws IOException, InterruptedException {
    run("rm", "-r", parent.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + status);
    }
  }
}

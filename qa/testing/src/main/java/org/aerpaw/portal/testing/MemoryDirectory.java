package org.aerpaw.portal.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Directories in main memory for this JVM's PostgreSQL servers, which create hundreds of databases
 * with hundreds of files each.
 */
final class MemoryDirectory {

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final long REQUIRED_BYTES = 8L << 30;
  private static final String PREFIX = "portal-testing-";
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private MemoryDirectory() {}

  /** Creates one, unless this machine has no such file system or too little space there. */
  static Optional<Path> create() {
    try {
      return tryCreate();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a directory in " + SHARED_MEMORY, e);
    }
  }

  private static Optional<Path> tryCreate() throws IOException {
    if (!Files.isWritable(SHARED_MEMORY)) {
      return Optional.empty();
    }
    deleteStale();
    var store = Files.getFileStore(SHARED_MEMORY);
    if (!store.type().equals("tmpfs") || store.getUsableSpace() < REQUIRED_BYTES) {
      return Optional.empty();
    }
    return Optional.of(
        Files.createDirectory(
            SHARED_MEMORY.resolve(
                PREFIX + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet())));
  }

  /** Deletes what JVMs left that were killed; a server that still runs there stops itself. */
  private static void deleteStale() throws IOException {
    try (var directories = Files.newDirectoryStream(SHARED_MEMORY, PREFIX + "*")) {
      for (Path directory : directories) {
        String[] name = directory.getFileName().toString().substring(PREFIX.length()).split("-");
        long pid = Long.parseLong(name[0]);
        if (ProcessHandle.of(pid).isEmpty()) {
          delete(directory);
        }
      }
    }
  }

  /** Deletes a directory with everything in it; does nothing if there is none. */
  static void delete(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(directory)) {
      paths = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}

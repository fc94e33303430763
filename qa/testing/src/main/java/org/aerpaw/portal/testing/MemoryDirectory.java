package org.aerpaw.portal.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory in main memory for this JVM's PostgreSQL, which creates hundreds of databases with
 * hundreds of files each.
 */
final class MemoryDirectory {

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final long REQUIRED_BYTES = 8L << 30;
  private static final String PREFIX = "portal-testing-";

  private MemoryDirectory() {}

  /** Creates it, unless this machine has no such file system or too little space there. */
  static Optional<Path> create() throws IOException {
    if (!Files.isWritable(SHARED_MEMORY)) {
      return Optional.empty();
    }
    deleteStale();
    var store = Files.getFileStore(SHARED_MEMORY);
    if (!store.type().equals("tmpfs") || store.getUsableSpace() < REQUIRED_BYTES) {
      return Optional.empty();
    }
    return Optional.of(
        Files.createDirectory(SHARED_MEMORY.resolve(PREFIX + ProcessHandle.current().pid())));
  }

  /** Deletes what JVMs left that were killed; a server that still runs there stops itself. */
  private static void deleteStale() throws IOException {
    try (var directories = Files.newDirectoryStream(SHARED_MEMORY, PREFIX + "*")) {
      for (Path directory : directories) {
        long pid = Long.parseLong(directory.getFileName().toString().substring(PREFIX.length()));
        if (ProcessHandle.of(pid).isEmpty()) {
          delete(directory);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(directory)) {
      paths = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}

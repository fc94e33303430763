package org.aerpaw.portal.launcher;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory for the temporary files of one server, about a hundred megabytes. It is deleted when
 * the launcher ends. The next launcher deletes those of killed launchers, whose locks are free.
 */
final class TemporaryFolder implements AutoCloseable {

  private static final String LOCK = ".lock";
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final Path lockFile;
  private final FileChannel lock;

  private TemporaryFolder(Path folder, Path lockFile, FileChannel lock) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Creates a directory in a parent. A parent that does not exist is created, accessible only to
   * its owner.
   */
  static TemporaryFolder create(Path parent) throws IOException {
    Files.createDirectories(parent, OWNER_ONLY);
    // One launcher at a time, since a new lock file that is not locked yet looks like a leftover.
    try (FileChannel mutex = FileChannel.open(parent.resolve("mutex"), CREATE, WRITE)) {
      mutex.lock();
      clearLeftovers(parent);
      String name = UUID.randomUUID().toString();
      Path lockFile = parent.resolve(name + LOCK);
      FileChannel lock = FileChannel.open(lockFile, CREATE_NEW, WRITE);
      lock.lock();
      return new TemporaryFolder(
          Files.createDirectory(parent.resolve(name)).toAbsolutePath(), lockFile, lock);
    }
  }

  Path path() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      Directories.delete(folder);
      Files.deleteIfExists(lockFile);
    }
  }

  private static void clearLeftovers(Path parent) throws IOException {
    List<Path> lockFiles;
    try (Stream<Path> files = Files.list(parent)) {
      lockFiles = files.filter(file -> file.toString().endsWith(LOCK)).toList();
    }
    for (Path lockFile : lockFiles) {
      try (FileChannel channel = FileChannel.open(lockFile, WRITE)) {
        FileLock free = channel.tryLock();
        if (free != null) {
          String name = lockFile.getFileName().toString();
          Directories.delete(parent.resolve(name.substring(0, name.length() - LOCK.length())));
          Files.delete(lockFile);
        }
      } catch (OverlappingFileLockException e) {
        // It belongs to another server of this process.
      }
    }
  }
}

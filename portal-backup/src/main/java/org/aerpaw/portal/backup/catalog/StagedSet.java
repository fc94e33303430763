package org.aerpaw.portal.backup.catalog;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * A backup set that is being written to a hidden directory. {@link #publish} makes it a set by one
 * rename, after everything is on the disk. Closing it before that deletes it.
 */
public final class StagedSet implements AutoCloseable {

  private static final Logger LOG = System.getLogger(StagedSet.class.getName());

  private final Path dumps;
  private final String id;
  private final Path staging;
  private final Executor executor;
  private boolean published;

  StagedSet(Path dumps, String id, Executor executor) throws IOException {
    this.dumps = dumps;
    this.id = id;
    this.executor = executor;
    this.staging =
        Files.createDirectory(
            dumps.resolve(BackupCatalog.STAGING_PREFIX + UUID.randomUUID()),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  public String id() {
    return id;
  }

  /** Creates a file. */
  public StagedFile create(String name) throws IOException {
    return StagedFile.create(staging.resolve(name), executor);
  }

  /**
   * Adds a hard link to a file of an older set.
   *
   * @throws IOException if the file is missing or differs from the older set's manifest
   */
  public void link(BackupSet from, String name) throws IOException {
    Path file = staging.resolve(name);
    try {
      Files.createLink(file, from.folder().resolve(name));
    } catch (NoSuchFileException e) {
      throw new IOException(
          name + " of the set " + from.id() + " is missing, so it is not carried forward", e);
    }
    if (!Sha256.hex(file).equals(from.manifest().files().get(name).sha256())) {
      throw new IOException(
          name
              + " of the set "
              + from.id()
              + " differs from its manifest, so it is not carried forward");
    }
  }

  /**
   * Publishes the set.
   *
   * @param asLatest whether {@code latest} and the links beside it shall point to it
   * @return the new names of files that had the name of a link and were renamed
   */
  public Set<String> publish(Manifest manifest, boolean asLatest) throws IOException {
    try (StagedFile file = create(Manifest.FILE)) {
      file.write(manifest.toBytes());
      file.finish();
    }
    flush(staging);
    Files.move(staging, dumps.resolve(id), ATOMIC_MOVE);
    published = true;
    flush(dumps);
    if (!asLatest) {
      return Set.of();
    }
    Set<String> movedAside;
    try {
      movedAside = makeLatest(manifest.files().keySet());
    } catch (IOException e) {
      withdraw(e);
      throw e;
    }
    removeStaleLinks(manifest.files().keySet());
    return movedAside;
  }

  /**
   * Creates the links beside {@code latest} first; switching {@code latest} is the last step and
   * one rename.
   */
  private Set<String> makeLatest(Set<String> files) throws IOException {
    Set<String> movedAside = new TreeSet<>();
    for (String name : files) {
      link(name).ifPresent(movedAside::add);
    }
    if (!Files.isSymbolicLink(dumps.resolve(BackupCatalog.LATEST))) {
      moveAside(BackupCatalog.LATEST).ifPresent(movedAside::add);
    }
    replace(BackupCatalog.LATEST, Path.of(id));
    flush(dumps);
    return movedAside;
  }

  @Override
  public void close() throws IOException {
    if (!published) {
      delete(staging);
    }
  }

  static void clearLeftovers(Path dumps) throws IOException {
    try (Stream<Path> entries = Files.list(dumps)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        String name = entry.getFileName().toString();
        if (name.startsWith(BackupCatalog.STAGING_PREFIX)
            || name.startsWith(BackupCatalog.REMOVED_PREFIX)) {
          clear(entry);
        }
      }
    }
  }

  /** What cannot be deleted must not prevent the next dump. */
  private static void clear(Path entry) {
    try {
      delete(entry);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "what an interrupted dump left cannot be deleted: {0}", e.toString());
    }
  }

  /** Undoes the publication, so that {@link #close} deletes the set. */
  private void withdraw(IOException cause) {
    try {
      Files.move(dumps.resolve(id), staging, ATOMIC_MOVE);
      published = false;
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Deletes links to files that the new set does not have. */
  private void removeStaleLinks(Set<String> files) throws IOException {
    try (Stream<Path> entries = Files.list(dumps)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        if (!files.contains(entry.getFileName().toString())
            && BackupCatalog.isLinkToNewest(entry)) {
          Files.delete(entry);
        }
      }
    }
  }

  /**
   * Creates the link to a file of the newest set.
   *
   * @return the new name of a file that was in its place
   */
  private Optional<String> link(String name) throws IOException {
    if (BackupCatalog.isLinkToNewest(dumps.resolve(name))) {
      return Optional.empty();
    }
    Optional<String> movedAside = moveAside(name);
    replace(name, Path.of(BackupCatalog.LATEST, name));
    return movedAside;
  }

  private Optional<String> moveAside(String name) throws IOException {
    Path place = dumps.resolve(name);
    if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    String kept = name + ".before-" + id;
    Files.move(place, dumps.resolve(kept), ATOMIC_MOVE);
    return Optional.of(kept);
  }

  private void replace(String name, Path target) throws IOException {
    Path fresh = dumps.resolve(BackupCatalog.STAGING_PREFIX + UUID.randomUUID());
    Files.createSymbolicLink(fresh, target);
    Files.move(fresh, dumps.resolve(name), ATOMIC_MOVE);
  }

  static void flush(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  static void delete(Path entry) throws IOException {
    try (Stream<Path> below = Files.walk(entry)) {
      for (Path path : (Iterable<Path>) below.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}

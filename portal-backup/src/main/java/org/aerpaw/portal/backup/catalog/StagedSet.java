package org.aerpaw.portal.backup.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.aerpaw.portal.backup.binding.JsonBinding;

/**
 * A backup set that is being written to a hidden directory. {@link #publish} makes it a set by one
 * rename, after everything is on the disk. Closing it before that deletes it.
 */
public final class StagedSet implements AutoCloseable {

  private static final Logger LOG = System.getLogger(StagedSet.class.getName());

  /** Held while {@code latest} is switched: a dump and a fetch may end at the same time. */
  private static final Object LATEST_LOCK = new Object();

  private final Path dumps;
  private String id;
  private final Path staging;
  private final Executor executor;
  private boolean published;

  /**
   * @param id null if it is not known before the manifest has been read
   */
  StagedSet(Path dumps, String id, String prefix, Executor executor) throws IOException {
    this.dumps = dumps;
    this.id = id;
    this.executor = executor;
    this.staging =
        Files.createDirectory(
            dumps.resolve(prefix + UUID.randomUUID()),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  public String id() {
    return id;
  }

  /** Deletes a file. */
  public void delete(String name) throws IOException {
    Files.delete(staging.resolve(name));
  }

  /** The path of a file. */
  public Path path(String name) {
    return staging.resolve(name);
  }

  /** Creates a file. */
  public StagedFile create(String name) throws IOException {
    return StagedFile.create(staging.resolve(name), executor);
  }

  /** The set with the files that were created so far, before it is published. */
  public BackupSet asSet(Manifest manifest) {
    return new BackupSet(staging, manifest);
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
          name
              + " of the set "
              + from.id()
              + " is missing, so it cannot be carried forward; dump all apps",
          e);
    }
    if (!Sha256.hex(file).equals(from.manifest().files().get(name).sha256())) {
      throw new IOException(
          name
              + " of the set "
              + from.id()
              + " differs from its manifest, so it cannot be carried forward; dump all apps");
    }
  }

  /**
   * Publishes the set.
   *
   * @param asLatest whether to point {@code latest} and the links next to it at this set, unless
   *     they point to a newer set
   * @return the new names of files that were in the way of links, and were renamed
   */
  public Set<String> publish(Manifest manifest, boolean asLatest) throws IOException {
    return publish(manifest, manifest.toBytes(), asLatest);
  }

  /**
   * Publishes a set that was made elsewhere.
   *
   * @param bytes the file that the manifest was read from
   * @return see {@link #publish(Manifest, boolean)}
   */
  public Set<String> publish(Manifest manifest, byte[] bytes, boolean asLatest) throws IOException {
    id = manifest.id();
    if (!BackupCatalog.isId(id)) {
      throw new IOException("the id in the manifest is not a valid set id");
    }
    write(Manifest.FILE, bytes);
    flush(staging);
    Files.move(staging, dumps.resolve(id), ATOMIC_MOVE);
    published = true;
    flush(dumps);
    synchronized (LATEST_LOCK) {
      if (!asLatest || isOlderThanLatest()) {
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
  }

  /** Tells of a file that {@link #publish} has renamed. */
  public static String renamedFile(String newName) {
    return "a file with the name of a link to the newest set was in the dump directory; it was"
        + " renamed to "
        + newName;
  }

  private boolean isOlderThanLatest() throws IOException {
    Path link = dumps.resolve(BackupCatalog.LATEST);
    return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).toString().compareTo(id) > 0;
  }

  /** Adds a pin. */
  public void pin(Pin pin) throws IOException {
    write(Pin.FILE, (JsonBinding.toJson(pin) + "\n").getBytes(UTF_8));
  }

  private void write(String name, byte[] content) throws IOException {
    try (StagedFile file = create(name)) {
      file.write(content);
      file.finish();
    }
  }

  /**
   * Creates the links next to {@code latest} first; switching {@code latest} is the last step and
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

  static void clearLeftovers(Path dumps, String... prefixes) throws IOException {
    try (Stream<Path> entries = Files.list(dumps)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        if (Stream.of(prefixes).anyMatch(entry.getFileName().toString()::startsWith)) {
          clear(entry);
        }
      }
    }
  }

  /** Files that cannot be deleted must not prevent the next dump. */
  private static void clear(Path entry) {
    try {
      delete(entry);
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "leftover files of an interrupted run could not be deleted: {0}",
          e.toString());
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

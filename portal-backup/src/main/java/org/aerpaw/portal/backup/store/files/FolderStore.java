package org.aerpaw.portal.backup.store.files;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;

/**
 * A folder, usually on another machine. It must exist, so that nothing is copied into the empty
 * directory of a file system that is not mounted.
 */
final class FolderStore implements Store {

  private static final Logger LOG = System.getLogger(FolderStore.class.getName());

  /** Begins the name of a file that is not complete. */
  private static final String TEMPORARY = ".storing-";

  private static final int BUFFER = 1 << 16;

  private final Path folder;

  FolderStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<StoredCopy> list() throws StoreException {
    return inStore(
        () -> {
          List<StoredCopy> copies = new ArrayList<>();
          for (Path entry : entries(folder)) {
            String name = entry.getFileName().toString();
            if (BackupCatalog.isId(name) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
              copies.add(new StoredCopy(name, sizes(entry)));
            }
          }
          return copies;
        });
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static Map<String, Long> sizes(Path directory) throws IOException {
    Map<String, Long> sizes = new HashMap<>();
    for (Path file : entries(directory)) {
      if (!isTemporary(file)) {
        sizes.put(file.getFileName().toString(), Files.size(file));
      }
    }
    return sizes;
  }

  private static boolean isTemporary(Path file) {
    return file.getFileName().toString().startsWith(TEMPORARY);
  }

  @Override
  public String sha256(String set, String file) throws StoreException {
    return inStore(() -> Sha256.hex(folder.resolve(set).resolve(file)));
  }

  @Override
  public void put(String set, SetFile file) throws IOException {
    Path directory = folder.resolve(set);
    Path target = directory.resolve(file.name());
    Path temporary = directory.resolve(TEMPORARY + UUID.randomUUID());
    FileChannel channel =
        inStore(
            () -> {
              createDirectory(directory);
              clearTemporary(directory);
              return FileChannel.open(temporary, Set.of(CREATE_NEW, WRITE), ownerOnly("rw-------"));
            });
    try (channel;
        InputStream in = file.open()) {
      write(in, channel);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    inStore(
        () -> {
          if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(temporary);
            throw new StoreException(
                file.name()
                    + " was put into the store by another process while it was copied; do two"
                    + " portals use the same store?");
          }
          Files.move(temporary, target, ATOMIC_MOVE);
          flush(directory);
          return null;
        });
  }

  private void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    if (!Files.exists(directory)) {
      Files.createDirectory(directory, ownerOnly("rwx------"));
      flush(folder);
    }
  }

  /** Only one copy is made at a time, so temporary files are leftovers of an earlier one. */
  private static void clearTemporary(Path directory) throws IOException {
    for (Path file : entries(directory)) {
      if (isTemporary(file)) {
        Files.delete(file);
      }
    }
  }

  /**
   * Reads first and outside of {@link #inStore}: what cannot be read is not an error of the store.
   */
  private static void write(InputStream in, FileChannel channel) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
      inStore(
          () -> {
            while (bytes.hasRemaining()) {
              channel.write(bytes);
            }
            return null;
          });
    }
    inStore(
        () -> {
          channel.force(true);
          return null;
        });
  }

  /** Not every network file system can flush a directory. */
  private static void flush(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a directory of the store cannot be flushed: {0}", e.toString());
    }
  }

  private static FileAttribute<?> ownerOnly(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  @Override
  public InputStream open(String set, String file) throws StoreException {
    return inStore(() -> Files.newInputStream(folder.resolve(set).resolve(file)));
  }

  @Override
  public void delete(String set) throws StoreException {
    inStore(
        () -> {
          Path directory = folder.resolve(set);
          Files.deleteIfExists(directory.resolve(Manifest.FILE));
          flush(directory);
          for (Path file : entries(directory)) {
            Files.delete(file);
          }
          Files.delete(directory);
          return null;
        });
  }

  @Override
  public void close() {
    // Nothing is open between two calls.
  }

  @FunctionalInterface
  private interface Access<T> {
    T execute() throws IOException;
  }

  private static <T> T inStore(Access<T> access) throws StoreException {
    try {
      return access.execute();
    } catch (StoreException e) {
      throw e;
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new StoreException(
          "a file or folder of the store does not exist; is its file system mounted?", e);
    } catch (IOException e) {
      throw new StoreException("the store cannot be used: " + reason(e), e);
    }
  }

  /** Without the path. */
  private static String reason(IOException failure) {
    if (!(failure instanceof FileSystemException e)) {
      return failure.getMessage();
    }
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }
}

package org.aerpaw.portal.backup.store.files;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A place for copies of sets: a directory for each set, named after it, with its files. All methods
 * throw a {@link StoreException} if the store cannot be used.
 */
public interface Store extends AutoCloseable {

  /** The scheme of the locations of buckets. */
  String S3 = "s3";

  /**
   * The store at a location. Opening it does not use it yet.
   *
   * @param location {@code s3://bucket/prefix} or {@code file:///folder}
   * @param endpoint the address of an S3 server other than Amazon's
   */
  static Store at(URI location, Optional<URI> endpoint) {
    return S3.equals(location.getScheme())
        ? S3Store.of(location, endpoint)
        : new FolderStore(Path.of(location.getPath()));
  }

  /** What is there of every set, in no particular order. Other directories are ignored. */
  List<StoredCopy> list() throws IOException;

  /** The sha256 of a file that is there, in hexadecimal. */
  String sha256(String set, String file) throws IOException;

  /**
   * Stores a file, completely or not at all. Call only if it is not there.
   *
   * @throws StoreException also if there is a file of this name with different content; that file
   *     is not changed
   * @throws IOException if the file cannot be read, or differs from its size or sha256
   */
  void put(String set, SetFile file) throws IOException;

  /**
   * Opens a file.
   *
   * @throws StoreException if it is not there
   */
  InputStream open(String set, String file) throws IOException;

  /**
   * Deletes a set, its manifest first, so that a copy that is only partly deleted is never taken
   * for a complete one.
   */
  void delete(String set) throws IOException;

  @Override
  void close();
}

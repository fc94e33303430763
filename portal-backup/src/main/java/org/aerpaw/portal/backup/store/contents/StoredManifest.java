package org.aerpaw.portal.backup.store.contents;

import java.io.IOException;
import java.io.InputStream;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.store.files.Store;
import org.aerpaw.portal.backup.store.files.StoreException;

/**
 * A manifest in a store.
 *
 * @param bytes the file that it was read from
 */
public record StoredManifest(Manifest manifest, byte[] bytes) {

  /** The limit for a manifest; those of sets are smaller. */
  private static final int MAX_BYTES = 1 << 26;

  /**
   * @throws StoreException if the store cannot be read
   * @throws IOException if the manifest is damaged or that of another set
   */
  public static StoredManifest read(Store store, String set) throws IOException {
    byte[] bytes = bytes(store, set);
    Manifest manifest = Manifest.parse(bytes);
    if (!manifest.id().equals(set)) {
      throw new IOException("the manifest belongs to the set " + manifest.id());
    }
    return new StoredManifest(manifest, bytes);
  }

  private static byte[] bytes(Store store, String set) throws StoreException {
    try (InputStream in = store.open(set, Manifest.FILE)) {
      return in.readNBytes(MAX_BYTES);
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new StoreException("the manifest cannot be read from the store", e);
    }
  }
}

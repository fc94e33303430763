package org.aerpaw.portal.backup.store.contents;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.SetState;
import org.aerpaw.portal.backup.store.files.Store;
import org.aerpaw.portal.backup.store.files.StoreException;

/** A store with the list of its copies, which is kept in memory since reading it takes long. */
public final class StoreIndex implements AutoCloseable {

  private final StoreSettings settings;
  private final BackupCatalog catalog;
  private final InstantSource clock;

  private Store store;
  private volatile StoreContents contents = StoreContents.NONE;

  /**
   * @param catalog the sets on this server
   */
  public StoreIndex(StoreSettings settings, BackupCatalog catalog, InstantSource clock) {
    this.settings = settings;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** The store itself, whose client starts at the first call. */
  public synchronized Store store() {
    if (store == null) {
      store = Store.at(settings.location(), settings.endpoint());
    }
    return store;
  }

  /** What the store had when it was last read. */
  public StoreContents contents() {
    return contents;
  }

  /**
   * Reads what the store has now.
   *
   * @throws StoreException if it cannot be read
   */
  public StoreContents read() throws IOException {
    StoreContents fresh = StoreContents.read(store(), contents, clock.instant());
    contents = fresh;
    return fresh;
  }

  /** What is to be copied and deleted, as far as that is known without reading the store. */
  public CopyPlan plan() throws IOException {
    return plan(catalog.states());
  }

  /**
   * @param local the sets on this server, newest first
   */
  public CopyPlan plan(List<SetState> local) {
    return CopyPlan.of(local, contents, settings.retention(), clock.instant());
  }

  /** Closes the store's client. */
  @Override
  public synchronized void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}

package org.aerpaw.portal.backup.store.contents;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.store.files.Store;
import org.aerpaw.portal.backup.store.files.StoreException;
import org.aerpaw.portal.backup.store.files.StoredCopy;

/**
 * What a store had when it was last read.
 *
 * @param readAt when that was
 * @param copies by the id of the set, newest first
 */
public record StoreContents(Instant readAt, Map<String, Entry> copies) {

  public static final StoreContents NONE = new StoreContents(Instant.EPOCH, Map.of());

  /**
   * One copy.
   *
   * @param manifest empty if the store does not have it, or if it cannot be read
   * @param problem why this copy cannot be fetched; empty if it can
   */
  public record Entry(StoredCopy copy, Optional<Manifest> manifest, Optional<String> problem) {

    public boolean isComplete() {
      return problem.isEmpty();
    }
  }

  /**
   * Reads a store.
   *
   * @param known what it had before, whose manifests need not be read again
   */
  static StoreContents read(Store store, StoreContents known, Instant now) throws IOException {
    Map<String, Entry> copies = new LinkedHashMap<>();
    List<StoredCopy> newestFirst =
        store.list().stream().sorted(Comparator.comparing(StoredCopy::set).reversed()).toList();
    for (StoredCopy copy : newestFirst) {
      copies.put(copy.set(), entry(store, copy, known));
    }
    return new StoreContents(now, copies);
  }

  private static Entry entry(Store store, StoredCopy copy, StoreContents known)
      throws StoreException {
    if (!copy.hasManifest()) {
      return new Entry(
          copy, Optional.empty(), Optional.of("the copy is incomplete (no manifest yet)"));
    }
    Manifest manifest;
    try {
      Optional<Manifest> before = known.find(copy.set()).flatMap(Entry::manifest);
      manifest =
          before.isPresent() ? before.get() : StoredManifest.read(store, copy.set()).manifest();
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      return new Entry(copy, Optional.empty(), Optional.of(e.getMessage()));
    }
    Map<String, String> damages = copy.damagedFiles(manifest);
    return new Entry(
        copy,
        Optional.of(manifest),
        damages.entrySet().stream()
            .findFirst()
            .map(damage -> damage.getKey() + ": " + damage.getValue()));
  }

  public Optional<Entry> find(String set) {
    return Optional.ofNullable(copies.get(set));
  }

  /** Whether there is a copy of the set that can be fetched. */
  boolean hasComplete(String set) {
    return find(set).filter(Entry::isComplete).isPresent();
  }

  /** The copies that can be fetched, newest first. */
  public List<Entry> complete() {
    return copies.values().stream().filter(Entry::isComplete).toList();
  }

  /** The newest complete set of which there is a copy. */
  public Optional<String> newest() {
    return complete().stream()
        .filter(entry -> entry.manifest().filter(Manifest::countsAsBackup).isPresent())
        .map(entry -> entry.copy().set())
        .findFirst();
  }
}

package org.aerpaw.portal.backup.store.transfer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.StagedSet;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.run.RunReport;
import org.aerpaw.portal.backup.store.contents.StoreContents;
import org.aerpaw.portal.backup.store.contents.StoreIndex;
import org.aerpaw.portal.backup.store.contents.StoredManifest;

/** Fetches one set from the store. */
public final class FetchJob {

  /** Stands for the newest complete set. */
  public static final String LATEST = "latest";

  private final StoreIndex index;
  private final BackupCatalog catalog;

  public FetchJob(StoreIndex index, BackupCatalog catalog) {
    this.index = index;
    this.catalog = catalog;
  }

  /**
   * @throws InvalidRequestException if the set is on this server
   */
  public void requireAbsent(String id) throws InvalidRequestException {
    if (!id.equals(LATEST) && catalog.isTaken(id)) {
      throw new InvalidRequestException(
          "set",
          "the set "
              + id
              + (isSound(id)
                  ? " is already on this server"
                  : " is on this server, but damaged; delete its directory, and fetch it again"));
    }
  }

  private boolean isSound(String id) {
    try {
      Optional<BackupSet> set = catalog.find(id);
      return set.isPresent() && set.get().damagedFiles().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @param store the name of the store, for the report
   * @param id the id of a set, or {@link #LATEST}
   */
  public FetchReport fetch(String store, String id, String requestedBy, Consumer<Progress> progress)
      throws RunFailedException, IOException {
    long began = System.nanoTime();
    StoreContents current = index.read();
    String set = id.equals(LATEST) ? current.newest().orElse(LATEST) : id;
    StoreContents.Entry entry =
        current
            .find(set)
            .orElseThrow(
                () ->
                    new RunFailedException(
                        "the store has no " + (set.equals(LATEST) ? "complete set" : "set " + set),
                        null));
    if (!entry.isComplete()) {
      throw new RunFailedException(
          "the copy of the set "
              + set
              + " in the store cannot be fetched: "
              + entry.problem().get(),
          null);
    }
    try {
      requireAbsent(set);
    } catch (InvalidRequestException e) {
      throw new RunFailedException(e.reasons(), e);
    }
    StoredManifest manifest = StoredManifest.read(index.store(), set);
    List<String> warnings = new ArrayList<>();
    new SetFetcher(index.store(), catalog, progress)
        .fetch(entry.copy(), manifest, requestedBy).stream()
            .map(StagedSet::renamedFile)
            .forEach(warnings::add);
    return new FetchReport(
        store,
        set,
        manifest.manifest().knownObjects(),
        manifest.manifest().bytes(),
        warnings,
        RunReport.seconds(Duration.ofNanos(System.nanoTime() - began)));
  }
}

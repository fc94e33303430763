package org.aerpaw.portal.backup.store;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * The copies in a store.
 *
 * @param sets those that can be fetched, newest first
 * @param incomplete why others cannot be fetched, by the id of the set
 */
@JsonbPropertyOrder({"store", "sets", "incomplete"})
public record StoreList(String store, List<CopyEntry> sets, Map<String, String> incomplete) {

  /**
   * One copy.
   *
   * @param complete whether the set contains every app that a dump contains by default
   * @param objects null if the number is unknown, since the set is encrypted or foreign
   * @param local whether the set is on this server too
   * @param kept the rules that keep the copy; empty if the next copy deletes it
   */
  @JsonbPropertyOrder({
    "id",
    "complete",
    "safetyBackup",
    "encrypted",
    "objects",
    "bytes",
    "local",
    "kept"
  })
  public record CopyEntry(
      String id,
      boolean complete,
      boolean safetyBackup,
      boolean encrypted,
      Long objects,
      long bytes,
      boolean local,
      List<String> kept) {

    public CopyEntry {
      kept = List.copyOf(kept);
    }
  }

  public StoreList {
    sets = List.copyOf(sets);
  }
}

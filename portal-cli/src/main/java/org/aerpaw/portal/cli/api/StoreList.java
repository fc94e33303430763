package org.aerpaw.portal.cli.api;

import java.util.List;
import java.util.Map;

/**
 * The copies in a store, newest first.
 *
 * @param incomplete why others cannot be fetched, by the id of the set
 */
public record StoreList(String store, List<CopyEntry> sets, Map<String, String> incomplete) {

  /**
   * @param objects null if their number is unknown
   * @param local whether the set is on the server too
   * @param kept the rules that keep the copy; empty if the next copy deletes it
   */
  public record CopyEntry(
      String id,
      Boolean complete,
      Boolean encrypted,
      Long objects,
      Long bytes,
      Boolean local,
      List<String> kept) {}
}

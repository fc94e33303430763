package org.aerpaw.portal.cli.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A backup set.
 *
 * @param verified the time of its last verification, null unless that passed
 * @param verification passed or failed; null if it was never verified
 * @param pinned null if it is not pinned
 * @param kept the rules of retention that keep it; empty if the next dump or replacing load deletes
 *     it
 * @param copies in stores, made or to be made
 * @param damages what is wrong with a file, by name
 */
public record SetEntry(
    String id,
    String verified,
    String verification,
    Pin pinned,
    List<String> kept,
    List<Copy> copies,
    Map<String, String> damages,
    Manifest manifest) {

  public record Pin(String reason, String by, String pinnedAt) {}

  /**
   * @param state copied or pending
   * @param error why it failed the last time; null if it did not
   */
  public record Copy(String store, String state, String error) {}

  /**
   * @param foreign whether the files came without a manifest, so that their content is unknown
   * @param mask null for a set with the real values
   * @param standby null for a set of rows that were read from the database's own server
   */
  public record Manifest(
      Boolean complete,
      Boolean foreign,
      Mask mask,
      Standby standby,
      Map<String, SetFile> files,
      List<ExternalReference> externalReferences,
      Encryption encryption) {}

  /**
   * @param recipients the public keys for whom the files are encrypted
   */
  public record Encryption(List<String> recipients) {}

  public record Mask(String profile) {}

  /**
   * @param lagSeconds how old its rows were at most; null if that is unknown
   */
  public record Standby(String server, BigDecimal lagSeconds, Long lagBytes) {}

  /**
   * @param models the number of objects of each model
   */
  public record SetFile(String sha256, Long bytes, String snapshot, Map<String, Long> models) {

    public long objects() {
      long sum = 0;
      for (long objects : models.values()) {
        sum += objects;
      }
      return sum;
    }
  }

  public record ExternalReference(String field, String to, Long references) {}

  public boolean isForeign() {
    return Boolean.TRUE.equals(manifest.foreign());
  }

  @Override
  public List<Copy> copies() {
    return copies == null ? List.of() : copies;
  }

  /** Whether its files are encrypted; their numbers of objects are unknown then. */
  public boolean isEncrypted() {
    return manifest.encryption() != null;
  }

  public long bytes() {
    long sum = 0;
    for (SetFile file : manifest.files().values()) {
      sum += file.bytes();
    }
    return sum;
  }

  public long objects() {
    long sum = 0;
    for (SetFile file : manifest.files().values()) {
      sum += file.objects();
    }
    return sum;
  }
}

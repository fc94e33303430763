package org.aerpaw.portal.backup.load.source;

import java.util.List;

/**
 * What to load and how, as accepted by the API. Null components get their default values.
 *
 * @param from {@code fixtures}, {@code dumpdata} or the id of a backup set
 * @param fixtures file names, with or without their extensions: {@code users} stands for {@code
 *     users.json.gz}; empty for all files
 * @param dryRun whether to roll back the load and only report what it would do
 * @param ignoreNonexistent whether to skip and count unknown models and fields instead of failing
 * @param ignoreManifest whether to load files that do not match their manifest
 */
public record LoadRequest(
    String from,
    List<String> fixtures,
    LoadMode mode,
    boolean dryRun,
    boolean ignoreNonexistent,
    boolean ignoreManifest) {

  public static final String FIXTURES = "fixtures";
  public static final String DUMPDATA = "dumpdata";

  /** Merges all fixtures. */
  public static final LoadRequest DEFAULT = of(FIXTURES, List.of(), LoadMode.MERGE);

  public LoadRequest {
    from = from == null ? FIXTURES : from;
    fixtures = fixtures == null ? List.of() : List.copyOf(fixtures);
    mode = mode == null ? LoadMode.MERGE : mode;
  }

  /** A request with all options off. */
  public static LoadRequest of(String from, List<String> fixtures, LoadMode mode) {
    return new LoadRequest(from, fixtures, mode, false, false, false);
  }
}

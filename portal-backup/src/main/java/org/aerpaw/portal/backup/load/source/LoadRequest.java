package org.aerpaw.portal.backup.load.source;

import java.util.List;

/**
 * What to load, and how, as the API accepts it. Components that are null have their default value.
 *
 * @param from {@code fixtures}, {@code dumpdata} or the id of a set
 * @param fixtures names of files there, in full, or without their last extensions: {@code users}
 *     for {@code users.json.gz}; empty for all of them
 * @param dryRun whether it is only to be found out what the load would do
 * @param ignoreNonexistent whether objects of unknown models and unknown fields are passed over and
 *     counted, not refused
 * @param ignoreManifest whether files are loaded that are not what the manifest beside them says
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

  /** One that is kept and that passes nothing over. */
  public static LoadRequest of(String from, List<String> fixtures, LoadMode mode) {
    return new LoadRequest(from, fixtures, mode, false, false, false);
  }
}

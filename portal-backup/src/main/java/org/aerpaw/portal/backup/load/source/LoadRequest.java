package org.aerpaw.portal.backup.load.source;

import java.util.List;

/**
 * What to load and how, as accepted by the API. Null components get their default values.
 *
 * @param from {@code fixtures}, {@code dumpdata}, {@code latest} or the name of a set; a slash at
 *     the end is ignored
 * @param fixtures the names of files there, with or without their extensions: {@code users} for
 *     {@code users.json.gz}; empty for all files
 * @param dryRun whether the load is rolled back at the end
 * @param ignoreNonexistent whether unknown models and fields are skipped and counted
 * @param ignoreManifest whether files that differ from their manifest are loaded with a warning
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
  public static final String LATEST = "latest";

  /** Merges all fixtures. */
  public static final LoadRequest DEFAULT = of(FIXTURES, List.of(), LoadMode.MERGE);

  public LoadRequest {
    from =
        from == null ? FIXTURES : from.endsWith("/") ? from.substring(0, from.length() - 1) : from;
    fixtures = fixtures == null ? List.of() : List.copyOf(fixtures);
    mode = mode == null ? LoadMode.MERGE : mode;
  }

  /** Creates a request without any of the flags. */
  public static LoadRequest of(String from, List<String> fixtures, LoadMode mode) {
    return new LoadRequest(from, fixtures, mode, false, false, false);
  }
}

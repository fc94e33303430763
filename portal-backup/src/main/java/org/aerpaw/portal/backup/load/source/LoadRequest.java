package org.aerpaw.portal.backup.load.source;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.backup.encryption.Identity;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.selection.RelatedObjects;
import org.aerpaw.portal.backup.selection.RequestedObjects;

/**
 * What to load and how, as accepted by the API. Null components get their default values.
 *
 * @param from {@code fixtures}, {@code dumpdata}, {@code latest} or the id of a set; a slash at the
 *     end is ignored
 * @param fixtures the names of files there, with or without their extensions: {@code users} for
 *     {@code users.json.gz}; empty for all files
 * @param dryRun whether the load is rolled back at the end
 * @param ignoreNonexistent whether unknown models and fields are skipped and counted
 * @param ignoreManifest whether files that differ from their manifest are loaded with a warning
 * @param objects models and keys of the only objects to load, such as {@code users.aerpawuser:7,8};
 *     empty for all objects
 * @param with which objects are loaded besides these; null for no others
 * @param limit the maximum number of selected objects, allowed only with {@code objects}; null for
 *     {@link RequestedObjects#DEFAULT_LIMIT}
 * @param identity decrypts encrypted files; null if there are none
 * @param rename the portal's names of models and fields by old names in the files, see {@link
 *     Renames}
 */
public record LoadRequest(
    String from,
    List<String> fixtures,
    LoadMode mode,
    boolean dryRun,
    boolean ignoreNonexistent,
    boolean ignoreManifest,
    List<String> objects,
    RelatedObjects with,
    @Min(value = 1, message = RequestedObjects.LIMIT)
        @Max(value = RequestedObjects.MAX_LIMIT, message = RequestedObjects.LIMIT)
        Integer limit,
    Identity identity,
    Map<String, String> rename) {

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
    objects = objects == null ? List.of() : List.copyOf(objects);
    rename = rename == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(rename));
  }

  /** Creates a request without any of the flags. */
  public static LoadRequest of(String from, List<String> fixtures, LoadMode mode) {
    return new LoadRequest(from, fixtures, mode, false, false, false, null, null, null, null, null);
  }

  /**
   * Merges all fixtures, which may have old names of models and fields.
   *
   * @param rename the new names by those in the files
   */
  public static LoadRequest ofFixtures(Map<String, String> rename) {
    return new LoadRequest(null, null, null, false, false, false, null, null, null, null, rename);
  }

  /** Overwrites the identity, after which the request cannot be used again. */
  public void forgetIdentity() {
    if (identity != null) {
      identity.close();
    }
  }

  /**
   * Reads the objects that the request names.
   *
   * @param problems receives everything that is wrong with them
   * @return empty if it names none
   */
  public Optional<RequestedObjects> requestedObjects(
      ModelRegistry registry, List<FixtureError> problems) {
    if (!objects.isEmpty() && mode == LoadMode.REPLACE) {
      problems.add(
          FixtureError.ofField(
              "mode", "replace is not possible with objects, since it would delete all others"));
    }
    return RequestedObjects.of(objects, with, limit, registry, problems);
  }
}

package org.aerpaw.portal.backup.dump;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.file.FileFormat;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.rows.NaturalKeyOptions;
import org.aerpaw.portal.backup.selection.RelatedObjects;
import org.aerpaw.portal.backup.selection.RequestedObjects;

/**
 * What to dump and in which form, as the API accepts it. Components that are null have their
 * default value, except {@code indent}.
 *
 * @param apps apps ({@code users}) and models ({@code projects.userproject}); empty for the default
 * @param exclude apps and models to leave out
 * @param pks the primary keys of the objects to dump, of one model; empty for all objects. Keys
 *     that do not exist are skipped with a warning; if none exists, the dump fails
 * @param indent spaces per level; null for a file on one line; without effect on JSON Lines
 * @param timestamps the precision of timestamps
 * @param naturalForeign whether references are written as natural keys, such as a user's name,
 *     where the target has one
 * @param naturalPrimary whether an object that has a natural key is written without its primary key
 * @param objects models and keys of the only objects to dump, such as {@code users.aerpawuser:7,8};
 *     empty for all objects
 * @param with which objects are dumped besides these; null for no others
 * @param limit the maximum number of objects to dump; null for {@link
 *     RequestedObjects#DEFAULT_LIMIT}
 * @param mask the masking profile by which values are replaced; null for the real ones
 */
@JsonbPropertyOrder({
  "apps",
  "exclude",
  "pks",
  "indent",
  "timestamps",
  "format",
  "compress",
  "naturalForeign",
  "naturalPrimary",
  "objects",
  "with",
  "limit",
  "mask"
})
public record DumpRequest(
    List<String> apps,
    List<String> exclude,
    List<Long> pks,
    @JsonbNillable
        @Min(value = 0, message = INDENT)
        @Max(value = FileLayout.MAX_INDENT, message = INDENT)
        Integer indent,
    TimestampPrecision timestamps,
    FileFormat format,
    Compression compress,
    boolean naturalForeign,
    boolean naturalPrimary,
    List<String> objects,
    RelatedObjects with,
    @Min(value = 1, message = RequestedObjects.LIMIT)
        @Max(value = RequestedObjects.MAX_LIMIT, message = RequestedObjects.LIMIT)
        Integer limit,
    String mask) {

  private static final String INDENT = "must be 0 to " + FileLayout.MAX_INDENT + ", or null";

  /** A dump of the default apps in the default form. */
  public static final DumpRequest DEFAULT =
      new DumpRequest(
          null,
          null,
          null,
          FileLayout.DEFAULT.indent(),
          null,
          null,
          null,
          false,
          false,
          null,
          null,
          null,
          null);

  public DumpRequest {
    apps = apps == null ? List.of() : List.copyOf(apps);
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
    pks = pks == null ? List.of() : List.copyOf(pks);
    timestamps = timestamps == null ? FileLayout.DEFAULT.timestamps() : timestamps;
    format = format == null ? FileFormat.JSON : format;
    compress = compress == null ? Compression.NONE : compress;
    objects = objects == null ? List.of() : List.copyOf(objects);
  }

  /** A request for apps and models in the default form. */
  public static DumpRequest of(List<String> apps) {
    return new DumpRequest(
        apps, null, null, DEFAULT.indent(), null, null, null, false, false, null, null, null, null);
  }

  /**
   * Reads the objects that the request names.
   *
   * @param problems receives everything that is wrong with them
   * @return empty if it names none
   */
  Optional<RequestedObjects> requestedObjects(ModelRegistry registry, List<FixtureError> problems) {
    if (!objects.isEmpty()) {
      refuse("apps", !apps.isEmpty(), problems);
      refuse("exclude", !exclude.isEmpty(), problems);
      refuse("pks", !pks.isEmpty(), problems);
      refuse("naturalForeign", naturalForeign, problems);
      refuse("naturalPrimary", naturalPrimary, problems);
    }
    return RequestedObjects.of(objects, with, limit, registry, problems);
  }

  private static void refuse(String member, boolean isGiven, List<FixtureError> problems) {
    if (isGiven) {
      problems.add(FixtureError.ofField(member, "not possible with objects"));
    }
  }

  FileLayout layout() {
    return new FileLayout(indent, timestamps);
  }

  NaturalKeyOptions naturalKeys() {
    return new NaturalKeyOptions(naturalForeign, naturalPrimary);
  }
}

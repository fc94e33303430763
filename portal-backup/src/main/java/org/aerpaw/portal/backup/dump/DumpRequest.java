package org.aerpaw.portal.backup.dump;

import java.util.List;
import java.util.Objects;
import org.aerpaw.portal.backup.fixture.FileFormat;
import org.aerpaw.portal.backup.fixture.FileLayout;
import org.aerpaw.portal.backup.fixture.compress.Compression;

/**
 * What to dump, and how.
 *
 * @param apps apps ({@code users}) and models ({@code projects.userproject}); empty for the default
 * @param exclude apps and models to leave out
 * @param pks the keys of the objects to dump, of one model; empty for all objects, and keys that no
 *     object has are passed over
 * @param style whose indent JSON Lines do without
 * @param naturalForeign whether a reference to an object that has a natural key, such as a user's
 *     name, is written as that
 * @param naturalPrimary whether an object that has a natural key is written without its key
 */
public record DumpRequest(
    List<String> apps,
    List<String> exclude,
    List<Long> pks,
    FileLayout style,
    FileFormat format,
    Compression compression,
    boolean naturalForeign,
    boolean naturalPrimary) {

  public DumpRequest {
    apps = List.copyOf(apps);
    exclude = List.copyOf(exclude);
    pks = List.copyOf(pks);
    Objects.requireNonNull(style, "style");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(compression, "compression");
  }

  /** All objects. */
  public DumpRequest(
      List<String> apps,
      List<String> exclude,
      FileLayout style,
      FileFormat format,
      Compression compression,
      boolean naturalForeign,
      boolean naturalPrimary) {
    this(apps, exclude, List.of(), style, format, compression, naturalForeign, naturalPrimary);
  }

  /** The same, for the objects with these keys. */
  public DumpRequest withPks(List<Long> keys) {
    return new DumpRequest(
        apps, exclude, keys, style, format, compression, naturalForeign, naturalPrimary);
  }

  /** In JSON that is not packed, with keys. */
  public static DumpRequest of(List<String> apps, List<String> exclude, FileLayout style) {
    return new DumpRequest(apps, exclude, style, FileFormat.JSON, Compression.NONE, false, false);
  }
}

package org.aerpaw.portal.backup.dump;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.fixture.FileFormat;
import org.aerpaw.portal.backup.fixture.FileLayout;
import org.aerpaw.portal.backup.fixture.FixtureName;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.rows.NaturalKeyOptions;

/** All that makes the bytes of a file beside the rows. */
public record FileOptions(
    FileLayout style, FileFormat format, Compression compression, NaturalKeyOptions keys) {

  public FileOptions {
    Objects.requireNonNull(style, "style");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(compression, "compression");
    Objects.requireNonNull(keys, "keys");
  }

  static FileOptions of(DumpRequest request) {
    return new FileOptions(
        request.style(),
        request.format(),
        request.compression(),
        new NaturalKeyOptions(request.naturalForeign(), request.naturalPrimary()));
  }

  /**
   * The form of a set's file without its packing, whose bytes are not those of every Java. Empty if
   * the name is none of a fixture.
   *
   * @param entry what the manifest says of it
   */
  public static Optional<FileOptions> unpacked(String file, Manifest.FileEntry entry) {
    var style =
        new FileLayout(
            entry.indent(),
            TimestampPrecision.valueOf(entry.timestamps().toUpperCase(Locale.ROOT)));
    return FixtureName.of(file)
        .map(
            name ->
                new FileOptions(
                    style,
                    name.format(),
                    Compression.NONE,
                    new NaturalKeyOptions(entry.naturalForeign(), entry.naturalPrimary())));
  }

  /** As manifests have it. */
  static String text(TimestampPrecision timestamps) {
    return timestamps.name().toLowerCase(Locale.ROOT);
  }
}

package org.aerpaw.portal.backup;

import java.util.List;
import org.aerpaw.portal.backup.dump.DumpRequest;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.file.FileFormat;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.selection.RelatedObjects;

/** Builds dump requests that differ from the default in a few components. */
public final class DumpRequestBuilder {

  private final List<String> apps;
  private List<String> exclude = List.of();
  private List<Long> pks = List.of();
  private FileLayout layout = FileLayout.DEFAULT;
  private FileFormat format = FileFormat.JSON;
  private Compression compress = Compression.NONE;
  private boolean naturalForeign;
  private boolean naturalPrimary;
  private List<String> objects = List.of();
  private RelatedObjects with;
  private Integer limit;
  private String mask;

  private DumpRequestBuilder(List<String> apps) {
    this.apps = apps;
  }

  public static DumpRequestBuilder dumpOf(String... apps) {
    return dumpOf(List.of(apps));
  }

  public static DumpRequestBuilder dumpOf(List<String> apps) {
    return new DumpRequestBuilder(apps);
  }

  public DumpRequestBuilder exclude(List<String> names) {
    this.exclude = names;
    return this;
  }

  public DumpRequestBuilder pks(Long... keys) {
    this.pks = List.of(keys);
    return this;
  }

  public DumpRequestBuilder layout(FileLayout newLayout) {
    this.layout = newLayout;
    return this;
  }

  public DumpRequestBuilder format(FileFormat newFormat) {
    this.format = newFormat;
    return this;
  }

  public DumpRequestBuilder compress(Compression compression) {
    this.compress = compression;
    return this;
  }

  public DumpRequestBuilder naturalKeys(boolean foreign, boolean primary) {
    this.naturalForeign = foreign;
    this.naturalPrimary = primary;
    return this;
  }

  public DumpRequestBuilder objects(RelatedObjects related, Integer max, String... requested) {
    this.objects = List.of(requested);
    this.with = related;
    this.limit = max;
    return this;
  }

  public DumpRequestBuilder mask(String profile) {
    this.mask = profile;
    return this;
  }

  public DumpRequest build() {
    return new DumpRequest(
        apps,
        exclude,
        pks,
        layout.indent(),
        layout.timestamps(),
        format,
        compress,
        naturalForeign,
        naturalPrimary,
        objects,
        with,
        limit,
        mask);
  }
}

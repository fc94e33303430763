package org.aerpaw.portal.backup;

import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.encryption.Identity;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.selection.RelatedObjects;

/** Builds load requests that differ from the default in a few components. */
public final class LoadRequestBuilder {

  private final String from;
  private List<String> fixtures;
  private LoadMode mode;
  private boolean dryRun;
  private boolean ignoreNonexistent;
  private boolean ignoreManifest;
  private List<String> objects;
  private RelatedObjects with;
  private Integer limit;
  private Identity identity;
  private Map<String, String> rename;

  private LoadRequestBuilder(String from) {
    this.from = from;
  }

  public static LoadRequestBuilder load() {
    return loadFrom(null);
  }

  public static LoadRequestBuilder loadFrom(String source) {
    return new LoadRequestBuilder(source);
  }

  public LoadRequestBuilder fixtures(String... names) {
    this.fixtures = List.of(names);
    return this;
  }

  public LoadRequestBuilder mode(LoadMode newMode) {
    this.mode = newMode;
    return this;
  }

  public LoadRequestBuilder dryRun() {
    return dryRun(true);
  }

  public LoadRequestBuilder dryRun(boolean isDryRun) {
    this.dryRun = isDryRun;
    return this;
  }

  public LoadRequestBuilder ignoreNonexistent() {
    this.ignoreNonexistent = true;
    return this;
  }

  public LoadRequestBuilder ignoreManifest() {
    this.ignoreManifest = true;
    return this;
  }

  public LoadRequestBuilder objects(String... requested) {
    this.objects = List.of(requested);
    return this;
  }

  public LoadRequestBuilder with(RelatedObjects related) {
    this.with = related;
    return this;
  }

  public LoadRequestBuilder limit(Integer max) {
    this.limit = max;
    return this;
  }

  public LoadRequestBuilder identity(Identity key) {
    this.identity = key;
    return this;
  }

  public LoadRequestBuilder rename(Map<String, String> names) {
    this.rename = names;
    return this;
  }

  public LoadRequest build() {
    return new LoadRequest(
        from,
        fixtures,
        mode,
        dryRun,
        ignoreNonexistent,
        ignoreManifest,
        objects,
        with,
        limit,
        identity,
        rename);
  }
}

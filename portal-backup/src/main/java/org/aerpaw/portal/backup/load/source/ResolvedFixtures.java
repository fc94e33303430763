package org.aerpaw.portal.backup.load.source;

import java.util.List;

/**
 * The files to load.
 *
 * @param warnings differences from the manifests that the request allows to ignore
 */
public record ResolvedFixtures(List<FixtureFile> files, List<String> warnings) {

  public ResolvedFixtures {
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
  }
}

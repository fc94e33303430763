package org.aerpaw.portal.backup.load.source;

import java.util.List;

/**
 * The files that a load is of.
 *
 * @param warnings what their manifests have against it, a sentence each, where it is to be done all
 *     the same
 */
public record ResolvedFixtures(List<FixtureFile> files, List<String> warnings) {

  public ResolvedFixtures {
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
  }
}

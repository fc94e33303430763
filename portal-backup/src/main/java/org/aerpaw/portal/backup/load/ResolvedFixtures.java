package org.aerpaw.portal.backup.load;

import java.util.List;

/**
 * The files that a load is of.
 *
 * @param notes what their manifests have against it, a sentence each, where it is to be done all
 *     the same
 */
record ResolvedFixtures(List<FixtureFile> files, List<String> notes) {

  ResolvedFixtures {
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }
}

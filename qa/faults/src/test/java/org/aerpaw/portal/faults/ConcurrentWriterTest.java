package org.aerpaw.portal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.dump.DumpsDuringWrites;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentWriterTest {

  private static final int DUMPS = Integer.getInteger("portal.dumps");

  @TempDir Path folder;

  /** D40. */
  @Test
  void noReferenceAcrossFilesShouldDangleInAnyDumpBesideAWriter() throws Exception {
    try (TestPortal portal = TestPortal.migrated(folder)) {
      var dumps = DumpsDuringWrites.dump(portal, DUMPS);

      assertThat(dumps.references()).isGreaterThan(DUMPS);
      assertThat(dumps.dangling()).isEmpty();
      System.out.printf(
          "dumps in parallel with a writer: %d with %d references across files, references that dangled: %d%n",
          DUMPS, dumps.references(), dumps.dangling().size());
    }
  }
}

package org.aerpaw.portal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.aerpaw.portal.fixtures.Portal;
import org.aerpaw.portal.fixtures.dump.DumpsBesideAWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentWriterTest {

  private static final int DUMPS = Integer.getInteger("portal.dumps", 50);

  @TempDir Path folder;

  /** D40. */
  @Test
  void noReferenceAcrossFilesShouldDangleInAnyDumpBesideAWriter() throws Exception {
    try (Portal portal = Portal.migrated(folder)) {
      var dumps = DumpsBesideAWriter.dump(portal, DUMPS);

      assertThat(dumps.references()).isGreaterThan(DUMPS);
      assertThat(dumps.dangling()).isEmpty();
      System.out.printf(
          "dumps beside a writer: %d with %d references across files, references that dangled: %d%n",
          DUMPS, dumps.references(), dumps.dangling().size());
    }
  }
}

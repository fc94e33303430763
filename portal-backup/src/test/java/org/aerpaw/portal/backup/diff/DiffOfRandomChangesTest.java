package org.aerpaw.portal.backup.diff;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.aerpaw.portal.backup.DumpRequestBuilder;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.file.FileFormat;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Diffs of sets and of a set with the database find what a naive comparison finds. */
@ExtendWith(TestPortalExtension.class)
class DiffOfRandomChangesTest {

  private static final int HISTORIES = 20;
  private static final int CHANGES_BEFORE = 400;
  private static final int CHANGES = 80;

  private static final List<Compression> COMPRESSIONS =
      List.of(Compression.NONE, Compression.GZ, Compression.ZST);

  @Test
  void diffFindsWhatANaiveComparisonFinds(TestPortal portal) throws Exception {
    long found = 0;
    for (int seed = 1; seed <= HISTORIES; seed++) {
      try (var changes = new RandomChanges(portal, seed)) {
        changes.make(seed == 1 ? CHANGES_BEFORE : 0);
        BackupSet before = portal.set(portal.dump(everything(portal).build()));
        BackupSet packedBefore = portal.set(portal.dump(packed(portal, seed).build()));
        changes.make(CHANGES);
        BackupSet after = portal.set(portal.dump(everything(portal).build()));
        NaiveDiff expected = NaiveDiff.of(before, after, portal.registry);

        for (BackupSet from : List.of(before, packedBefore)) {
          for (String to : List.of(after.id(), DiffRequest.DATABASE)) {
            DiffReport report = diff(portal, from, to);
            assertThat(report.models()).as("seed %d", seed).isEqualTo(expected.models());
            assertThat(report.differences())
                .as("seed %d", seed)
                .isEqualTo(
                    expected
                        .differences()
                        .subList(
                            0,
                            Math.min(DiffReport.MAX_DIFFERENCES, expected.differences().size())));
          }
        }
        found += expected.differences().size();
      }
    }
    assertThat(found).as("differences in all histories").isGreaterThan(HISTORIES * 20L);
  }

  private static DumpRequestBuilder everything(TestPortal portal) {
    return dumpOf(portal.registry.apps());
  }

  private static DumpRequestBuilder packed(TestPortal portal, int seed) {
    return everything(portal)
        .format(seed % 2 == 0 ? FileFormat.JSON : FileFormat.JSONL)
        .compress(COMPRESSIONS.get(seed % COMPRESSIONS.size()))
        .layout(new FileLayout(seed % 4 == 0 ? null : seed % 4, TimestampPrecision.EXACT));
  }

  private static DiffReport diff(TestPortal portal, BackupSet from, String to) throws Exception {
    Run run =
        portal
            .engine
            .diffs()
            .diffAndWait(new DiffRequest(from.id(), to, null, false, null), "a test");
    assertThat(run.errors()).isEmpty();
    return run.report(DiffReport.class);
  }
}

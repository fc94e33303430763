package org.aerpaw.portal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.aerpaw.portal.cli.api.Run;
import org.junit.jupiter.api.Test;

class LoadCommandTest {

  private static String printed(boolean dryRun, String safetyBackup) {
    return printed(dryRun, safetyBackup, false, null);
  }

  private static String printed(
      boolean dryRun, String safetyBackup, boolean encrypted, Run.Selection selection) {
    var printed = new ByteArrayOutputStream();
    var files = List.of(new Run.ReportedFile("users.json", 9L, null));
    var seconds = new BigDecimal("0.25");
    LoadCommand.print(
        new Run.Report(
            null,
            dryRun,
            safetyBackup,
            encrypted,
            9L,
            1L,
            2L,
            6L,
            3L,
            null,
            files,
            selection,
            List.of("a warning"),
            seconds),
        new PrintStream(printed, true, StandardCharsets.UTF_8));
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void loadIsReportedFileByFileAndInTotal() {
    assertThat(printed(false, null))
        .isEqualTo(
            "loaddata users.json: 9 objects\na warning\n"
                + "9 objects: 1 created, 2 updated, 6 unchanged, 3 deleted, 0.25 seconds\n");
  }

  @Test
  void selectedObjectsAreListedWithTheirReasonsAndOnlyTheFirstIfThereAreMany() {
    var object = new Run.SelectedObject("users.aerpawuser", 3L, "requested");
    assertThat(printed(true, null, false, new Run.Selection(List.of(object), 0L)))
        .contains("9 objects\nusers.aerpawuser(pk=3): requested\na warning\n");
    assertThat(printed(true, null, false, new Run.Selection(Collections.nCopies(30, object), 7L)))
        .contains("users.aerpawuser(pk=3): requested\n... and 17 more\na warning\n");
  }

  @Test
  void dryRunSaysThatNothingWasChanged() {
    assertThat(printed(true, null))
        .contains("\ndry run, nothing was changed; the load would give: 9 objects: 1 created, ");
  }

  @Test
  void replacingLoadNamesItsSafetyBackupAndHowToUndoIt() {
    assertThat(printed(false, "20261122T093000.123Z"))
        .contains(
            "safety backup: set 20261122T093000.123Z;"
                + " to bring the whole database back to it: ./portal load --from 20261122T093000.123Z"
                + " --mode replace\n");
  }

  @Test
  void undoOfALoadWithAnEncryptedSafetyBackupNeedsTheIdentity() {
    assertThat(printed(false, "20261122T093000.123Z", true, null))
        .contains("--from 20261122T093000.123Z --mode replace --identity FILE\n");
  }
}

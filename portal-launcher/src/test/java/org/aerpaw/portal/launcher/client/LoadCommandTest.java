package org.aerpaw.portal.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LoadCommandTest {

  private static String told(String dryRun, String more) {
    var printed = new ByteArrayOutputStream();
    String report =
        """
        {"dryRun": %s, "objects": 9, "created": 1, "updated": 2, "unchanged": 6, "deleted": 3,
         "files": [{"name": "users.json", "objects": 9}], "warnings": ["a note"], "seconds": 0.25%s}
        """
            .formatted(dryRun, more);
    LoadCommand.tell(
        Json.createReader(new StringReader(report)).readObject(),
        new PrintStream(printed, true, StandardCharsets.UTF_8));
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void loadShouldBeToldFileByFileAndSummedUp() {
    assertThat(told("false", ""))
        .isEqualTo(
            "loaddata users.json: 9 objects\na note\n"
                + "9 objects: 1 created, 2 updated, 6 unchanged, 3 deleted, 0.25 seconds\n");
  }

  @Test
  void dryRunShouldBeSaidToHaveKeptNothing() {
    assertThat(told("true", "")).contains("\ndry run, nothing was kept: 9 objects: 1 created, ");
  }

  @Test
  void replacingLoadShouldTellHowToUndoIt() {
    assertThat(told("false", ", \"safetyBackup\": \"20261122T093000.123Z\""))
        .contains(
            "what was there before is set 20261122T093000.123Z;"
                + " --from 20261122T093000.123Z --mode replace restores it\n");
  }
}

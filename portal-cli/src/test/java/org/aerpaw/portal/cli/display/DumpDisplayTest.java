package org.aerpaw.portal.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.aerpaw.portal.cli.api.Run;
import org.junit.jupiter.api.Test;

class DumpDisplayTest {

  private static final String BAR = "[" + ".".repeat(75) + "]\n";

  private static final DumpPlan PLAN =
      new DumpPlan(
          List.of(
              new DumpPlan.App("credentials", "credentials", 10),
              new DumpPlan.App("operations", "operations", 0),
              new DumpPlan.App("users", "users", 150)),
          true);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private DumpDisplay display(boolean terminal) {
    return display(terminal, PLAN);
  }

  private DumpDisplay display(boolean terminal, DumpPlan plan) {
    return new DumpDisplay(
        new PrintStream(printed, true, StandardCharsets.UTF_8),
        terminal,
        plan,
        " --indent 2",
        "./dumpdata",
        ".json");
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static Run at(String app, long objects) {
    var progress = new Run.Progress(app, null, null, null, objects, null);
    return new Run("1", "dump", "running", "admin token", null, null, progress, null, null);
  }

  @Test
  void terminalGetsABarForEachAppThatHasRows() {
    display(true).finish();
    assertThat(printed())
        .isEqualTo(
            "dumpdata credentials --indent 2 --output ./dumpdata/credentials.json\n"
                + BAR
                + "dumpdata operations --indent 2 --output ./dumpdata/operations.json\n"
                + "dumpdata users --indent 2 --output ./dumpdata/users.json\n"
                + BAR);
  }

  @Test
  void partialSetIsNotShownAsTheNewest() {
    var apps = List.of(new DumpPlan.App("users", "users.aerpawuser", 150));
    display(false, new DumpPlan(apps, false)).finish();
    assertThat(printed()).isEqualTo("dumpdata users.aerpawuser --indent 2\n");
  }

  @Test
  void dumpOfSomeObjectsIsShownWithItsModelAndCountsOnlyThose() {
    var users = new DumpPlan(List.of(new DumpPlan.App("users", "users", 150)), true);
    display(true, users.limitedTo("users.aerpawuser", 2)).show(at("users", 1));
    assertThat(printed()).isEqualTo("dumpdata users.aerpawuser --indent 2\n[" + ".".repeat(37));
  }

  @Test
  void barFillsAsObjectsAreWritten() {
    DumpDisplay display = display(true);
    display.show(at("users", 10 + 50));
    assertThat(printed()).endsWith("users.json\n[" + ".".repeat(25));
    display.show(at("users", 10 + 100));
    assertThat(printed()).endsWith("users.json\n[" + ".".repeat(50));
    display.finish();
    assertThat(printed()).endsWith("users.json\n" + BAR);
  }

  @Test
  void fileGetsNoBars() {
    DumpDisplay display = display(false);
    display.show(at("credentials", 5));
    display.show(at("users", 60));
    display.finish();
    assertThat(printed().lines()).hasSize(3).allMatch(line -> line.startsWith("dumpdata "));
  }

  @Test
  void errorsOfAFailedDumpStartOnANewLine() {
    try (DumpDisplay display = display(true)) {
      display.show(at("users", 10 + 50));
    }
    assertThat(printed()).endsWith("users.json\n[" + ".".repeat(25) + "\n");
  }

  @Test
  void rowsAddedDuringTheDumpDoNotOverfillTheBar() {
    DumpDisplay display = display(true);
    display.show(at("users", 5000));
    display.finish();
    assertThat(printed()).endsWith("users.json\n" + BAR);
  }
}

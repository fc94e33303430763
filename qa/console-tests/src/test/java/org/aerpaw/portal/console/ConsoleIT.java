package org.aerpaw.portal.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aerpaw.portal.contract.ServedPortal;
import org.aerpaw.portal.contract.ServerProcess;
import org.aerpaw.portal.contract.Surroundings;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** One server for all tests, in an order in which its dump directory fills up. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {

  private static final Path FIXTURES =
      Path.of("../../portal-backup/src/test/resources/fixtures/django").toAbsolutePath();
  private static final DateTimeFormatter SET =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSX").withZone(ZoneOffset.UTC);

  @TempDir private static Path folder;

  private static TestDatabase database;
  private static ServerProcess server;

  private Browser browser;

  @BeforeAll
  static void startServer() throws IOException {
    database = TestDatabase.empty();
    server =
        ServerProcess.start(
            database,
            folder,
            FIXTURES,
            Map.of(
                "PORTAL_DUMP_SCHEDULE", "0 0 1 1 *",
                "PORTAL_KEEP_DAILY", "7",
                "PORTAL_STORE", Files.createDirectory(folder.resolve("store")).toUri().toString()));
    server.portal().run("api/loads", "{}");
  }

  @AfterAll
  static void stopServer() {
    server.close();
    database.close();
  }

  @BeforeEach
  void openConsole() {
    browser = Browser.start().size(1280, 900).colors("light");
    browser.open("http://127.0.0.1:" + server.port() + "/");
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  @Order(1)
  void wrongTokenIsRefusedAndTheRightOneLetsIn() throws IOException {
    browser.find("[name=token]").sendKeys("wrong", Keys.ENTER);
    browser.awaitText("#error", "The admin token is wrong.");
    browser.assertAccessible();

    browser.find("[name=token]").clear();
    signIn();

    browser.awaitText("#user", "admin token");
    browser.awaitText("#status", "there is no complete backup");
    browser.awaitText("#no-sets", "There are no backup sets yet.");
    browser.assertAccessible();
  }

  @Test
  @Order(2)
  void dumpIsMadeVerifiedAndPinned() throws IOException {
    signIn();
    browser.click("Dump now");
    browser.awaitText("#dialog-title", "dump done");
    browser.assertAccessible();
    browser.click("Close");
    browser.awaitText("#sets", "newest");
    browser.awaitText("#sets", "copied");
    browser.awaitText("#status", "Copied");

    browser.find("#sets button").click();
    browser.awaitText("#dialog-title", "Set 2");
    browser.click("Verify");
    browser.awaitText("#dialog-title", "verify done");
    browser.click("Close");
    browser.awaitText("#sets", "newest verified");
    browser.awaitText("#status", "verified");

    browser.find("#sets button").click();
    browser.click("Pin …");
    browser.press("before the upgrade", Keys.ENTER);
    browser.awaitText("#dialog", "before the upgrade");
    browser.screenshot("console-set");
    browser.assertAccessible();
    browser.click("Unpin");
    browser.button("Pin …");
  }

  @Test
  @Order(3)
  void deletedUserIsRestoredAndTheRestoreUndone() throws Exception {
    signIn();
    String set = server.portal().run("api/dumps", "{}").getJsonObject("report").getString("set");
    long users = count("users_aerpawuser");
    execute(
        "DELETE FROM user_messages_aerpawusermessage_received_by; DELETE FROM user_messages_aerpawusermessage");
    long messages = count("user_messages_aerpawusermessage");
    assertThat(messages).isZero();
    browser.open("http://127.0.0.1:" + server.port() + "/console/");

    browser.click(set);
    browser.click("Restore …");
    browser.assertAccessible();
    browser.click("Dry run");
    browser.awaitText("#dialog-title", "What a restore from " + set + " would do");
    browser.assertAccessible();
    browser.screenshot("console-restore");
    assertThat(count("user_messages_aerpawusermessage")).as("a dry run").isZero();
    assertThat(browser.button("Restore").isEnabled()).isFalse();
    browser.press(set);
    assertThat(browser.button("Restore").isEnabled()).isTrue();
    browser.click("Restore");
    browser.awaitText("#dialog-title", "load done");
    assertThat(count("user_messages_aerpawusermessage")).isPositive();
    assertThat(count("users_aerpawuser")).isEqualTo(users);

    browser.click("Undo this restore …");
    browser.awaitText("#dialog-title", "What a restore from ");
    String safetyBackup = browser.texts("#dialog-title").strip().split(" ")[4];
    browser.press(safetyBackup, Keys.ENTER);
    browser.awaitText("#dialog-title", "load done");
    assertThat(count("user_messages_aerpawusermessage")).isZero();
  }

  @Test
  @Order(4)
  void setIsComparedWithTheDatabaseAndAnotherSet() throws Exception {
    signIn();
    String before = server.portal().run("api/dumps", "{}").getJsonObject("report").getString("set");
    execute("UPDATE users_aerpawuser SET email = 'x@y', password = 'hush' WHERE id = 1");
    String after = server.portal().run("api/dumps", "{}").getJsonObject("report").getString("set");
    execute("UPDATE credentials_publiccredentials SET name = 'renamed' WHERE id = 1");
    browser.open("http://127.0.0.1:" + server.port() + "/console/");

    compare(before);
    browser.assertAccessible();
    browser.click("Compare");
    browser.awaitText("#dialog-title", "diff done");
    browser.awaitText("#dialog", "The objects that differ");
    assertThat(browser.texts("#dialog"))
        .contains(
            before + " with database",
            "users.aerpawuser(pk=1)",
            "credentials.publiccredentials(pk=1)");
    browser.assertAccessible();

    browser.click("Close");
    compare(before);
    new Select(browser.find("#dialog select")).selectByVisibleText(after);
    browser.find("#dialog [type=checkbox]").click();
    browser.click("Compare");
    browser.awaitText("#dialog", before + " with " + after);
    browser.awaitText("#dialog", "→ “x@y”");
    assertThat(browser.texts("#dialog")).contains("password").doesNotContain("hush");
    browser.assertAccessible();
  }

  private void compare(String set) {
    browser.click(set);
    browser.click("Compare with …");
  }

  @Test
  @Order(4)
  void numberOfObjectsOfAForeignSetIsUnknown() throws IOException {
    var zip = new ByteArrayOutputStream();
    try (var archive = new ZipOutputStream(zip)) {
      archive.putNextEntry(new ZipEntry("users.json"));
      archive.write("[]".getBytes(UTF_8));
    }
    String set = ServedPortal.json(server.portal().upload(zip.toByteArray())).getString("id");
    try {
      signIn();

      browser.awaitText("#sets", set);
      assertThat(browser.texts("#sets")).contains("unknown", "foreign");
    } finally {
      try (Stream<Path> files = Files.walk(folder.resolve("dumpdata").resolve(set))) {
        for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  @Order(4)
  void runInProgressIsShownWithWhatItWaitsForAndCanBeCancelled() throws SQLException {
    signIn();
    try (Connection other = database.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("LOCK TABLE users_aerpawuser");
      browser.click("Dump now");

      browser.awaitText("#current-title", "dump in progress");
      browser.awaitText("#current-text", "waiting for users_aerpawuser (held by pid ");
      browser.assertAccessible();
      browser.click("Cancel");

      browser.awaitText("#dialog", "cancelled by admin token; nothing was changed");
    }
  }

  @Test
  @Order(4)
  void sessionThatHasEndedLeadsToTheSignIn() {
    signIn();
    browser.awaitText("#sets", "newest");
    browser.forgetSession();

    browser.click("Dump now");

    browser.awaitText("#error", "Your session has ended. Sign in again.");
    browser.find("#sign-in");
    assertThat(browser.texts("#portal")).isBlank();
  }

  @Test
  @Order(5)
  void everythingCanBeDoneWithTheKeyboard() {
    signIn();
    browser.awaitText("#sets", "newest");
    browser.tabTo("Pause the schedule …");
    browser.press(Keys.ENTER);
    browser.awaitText("#dialog-title", "Pause the schedule");
    browser.press("an upgrade", Keys.ENTER);
    browser.awaitText("#status", "an upgrade");

    browser.tabTo("Resume the schedule");
    browser.press(Keys.ENTER);
    browser.button("Pause the schedule …");
    browser.tabTo("Sign out");
    browser.press(Keys.ENTER);
    browser.find("#sign-in");
  }

  @Test
  @Order(6)
  void pageFitsSmallScreensAndBothColorSchemes() throws IOException {
    fillUp(7);
    signIn();
    browser.awaitText("#sets", "newest");
    for (int width : new int[] {320, 1280}) {
      for (String scheme : List.of("light", "dark")) {
        browser.size(width, 900).colors(scheme);
        browser.assertFits();
        browser.assertAccessible();
        if (width == 320 == scheme.equals("dark")) {
          browser.screenshot("console-" + width);
        }
      }
    }
  }

  @Test
  @Order(7)
  void thousandSetsAreShownInUnderASecond() throws IOException {
    fillUp(1000);
    signIn();
    browser.awaitText("#sets", "newest");
    browser.open("http://127.0.0.1:" + server.port() + "/console/");
    browser.awaitText("#more-sets", "Show all 1");

    long ready = browser.number("performance.getEntriesByName('ready')[0].startTime");
    System.out.println("the console with 1,000 sets is ready after " + ready + " ms");
    assertThat(ready).isLessThan(1000);
    browser.find("#more-sets").click();
    assertThat(browser.count("#sets tr")).isGreaterThan(1000);
  }

  private void signIn() {
    browser.find("[name=token]").sendKeys(Surroundings.TOKEN, Keys.ENTER);
    browser.find("#portal");
  }

  /** Copies the newest set to older ones, one for each day. */
  private static void fillUp(int number) throws IOException {
    Path sets = folder.resolve("dumpdata");
    Path newest = sets.resolve(Files.readSymbolicLink(sets.resolve("latest")));
    String id = newest.getFileName().toString();
    Instant time = Instant.from(SET.parse(id));
    for (int i = 1; i <= number; i++) {
      String copy = SET.format(time.minusSeconds(86_400L * i));
      if (Files.exists(sets.resolve(copy))) {
        continue;
      }
      Path directory = Files.createDirectory(sets.resolve(copy));
      try (Stream<Path> files = Files.list(newest)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Path target = directory.resolve(file.getFileName());
          if (file.endsWith("manifest.json")) {
            Files.writeString(target, Files.readString(file).replace(id, copy));
          } else {
            Files.createLink(target, file);
          }
        }
      }
    }
  }

  private static long count(String table) throws SQLException {
    try (Connection connection = database.connect();
        var rows = connection.createStatement().executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.createStatement().execute(sql);
    }
  }
}

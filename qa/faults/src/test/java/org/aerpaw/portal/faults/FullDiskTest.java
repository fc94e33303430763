package org.aerpaw.portal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.retention.RetentionRules;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.store.contents.StoreSettings;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** D43. A disk of 512 KiB, which holds one set of the fixtures here (600 KB) only in part. */
class FullDiskTest {

  @TempDir Path folder;
  private TestDatabase database;
  private Engine engine;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    command("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk.toString());
    database = TestDatabase.empty();
    engine = new Engine(database.dataSource(), disk.resolve("dumpdata"));
    engine.migrate();
    assertThat(
            engine.load(Path.of("../../portal-backup/src/test/resources/fixtures/django")).errors())
        .isEmpty();
    assertThat(engine.dump("operations").errors()).isEmpty();
  }

  @AfterEach
  void unmount() throws Exception {
    database.close();
    command("umount", disk.toString());
  }

  @Test
  void dumpOntoAFullDiskShouldFailWithItsReasonAndLeaveTheOldSet() throws Exception {
    Optional<BackupSet> before = engine.sets.latest();

    Run run = engine.dump();

    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.errors()).singleElement().hasToString("file error: No space left on device");
    assertThat(engine.sets.latest()).isEqualTo(before);
    assertThat(leftovers()).isZero();
    assertThat(engine.dump("operations").state()).isEqualTo(RunState.DONE);
  }

  @Test
  void largeFileOntoAFullDiskShouldFailWithItsReasonAndLeaveTheOldSet() throws Exception {
    Optional<BackupSet> before = engine.sets.latest();
    database.execute(
        "UPDATE user_messages_aerpawusermessage SET message_body = repeat('x', 5000000)"
            + " WHERE id = (SELECT min(id) FROM user_messages_aerpawusermessage)");

    Run run = engine.dump("user_messages");

    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.errors()).singleElement().hasToString("file error: No space left on device");
    assertThat(engine.sets.latest()).isEqualTo(before);
    assertThat(leftovers()).isZero();
  }

  @Test
  void dumpOntoAReadOnlyDiskShouldFailWithItsReasonAndLeaveTheOldSet() throws Exception {
    Optional<BackupSet> before = engine.sets.latest();
    command("mount", "-o", "remount,ro", disk.toString());

    Run run = engine.dump();

    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.errors()).singleElement().hasToString("file error: Read-only file system");
    assertThat(engine.sets.latest()).isEqualTo(before);
  }

  @Test
  void copyIntoAFullStoreShouldFailWithItsReasonAndTheNextDumpSucceed() throws Exception {
    Path dumpdata = folder.resolve("dumpdata");
    var copying =
        new Engine(
            database.dataSource(),
            dumpdata,
            new StoreSettings(
                Files.createDirectory(disk.resolve("store")).toUri(),
                Optional.empty(),
                RetentionRules.keepLast(1, ZoneOffset.UTC)));
    assertThat(copying.dump().errors()).isEmpty();

    Run copy = copying.copy();

    assertThat(copy.state()).isEqualTo(RunState.FAILED);
    assertThat(copy.errors())
        .singleElement()
        .hasToString("the store cannot be used: No space left on device");
    assertThat(copying.copies().sets()).isEmpty();
    assertThat(copying.dump().state()).isEqualTo(RunState.DONE);

    command("mount", "-o", "remount,size=4m", disk.toString());
    assertThat(copying.copy().state()).as("with more space").isEqualTo(RunState.DONE);
    assertThat(copying.copies().sets()).hasSize(1);
  }

  private long leftovers() throws IOException {
    try (Stream<Path> entries = Files.list(engine.sets.folder())) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(".")).count();
    }
  }

  private static void command(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as("%s needs root: %s", String.join(" ", words), said).isZero();
  }
}

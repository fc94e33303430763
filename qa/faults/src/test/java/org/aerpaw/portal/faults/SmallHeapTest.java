package org.aerpaw.portal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.faults.Worker.Task;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** D49, L49. A million messages with two receivers each in a heap of 256 MB, or in proportion. */
class SmallHeapTest {

  private static final long MESSAGES = Long.getLong("portal.messages");
  private static final List<String> SMALL_HEAP =
      List.of("-Xmx" + System.getProperty("portal.heap"));

  @TempDir Path folder;
  private TestDatabase full;
  private TestDatabase empty;

  @BeforeEach
  void fill() throws Exception {
    empty = TestDatabase.empty();
    new Engine(empty.dataSource(), folder.resolve("unused")).migrate();
    full = empty.copy();
    full.execute(
        """
        INSERT INTO users_aerpawuser (id, password, is_superuser, username, first_name,
            last_name, email, is_staff, is_active,
            date_joined, created, modified, created_by, modified_by, display_name, openid_sub, uuid)
        SELECT i, '', false, 'user' || i, '', '', '', false, true, now(), now(), now(), '', '', 'User ' || i, '', ''
        FROM generate_series(1, 1000) i;
        INSERT INTO user_messages_aerpawusermessage (id, created, modified, created_by, modified_by,
            is_deleted, is_read,
            message_body, message_owner_id, message_subject, sent_by_id, uuid)
        SELECT i, now(), now(), 'u', 'u', false, false, repeat('message ', 20), 1 + i %% 1000,
            'subject ' || i, 1, md5(i::text)
        FROM generate_series(1, %1$d) i;
        INSERT INTO user_messages_aerpawusermessage_received_by (aerpawusermessage_id, aerpawuser_id)
        SELECT i, 1 + (i + k) %% 1000 FROM generate_series(1, %1$d) i, generate_series(1, 2) k
        """
            .formatted(MESSAGES));
  }

  @AfterEach
  void drop() {
    full.close();
    empty.close();
  }

  @Test
  void rowsShouldPassThroughAHeapThatIsSmallerThanTheirFileBothWays() throws Exception {
    Path dumpdata = folder.resolve("dumpdata");
    WorkerProcess.start(SMALL_HEAP, Task.DUMP, full, dumpdata).awaitEnd();
    var dumped = new BackupCatalog(dumpdata).latest().orElseThrow().manifest();
    assertThat(dumped.files().get("user_messages.json").objects()).isEqualTo(MESSAGES);

    WorkerProcess.start(SMALL_HEAP, Task.VERIFY, full, dumpdata).awaitEnd();
    assertThat(new BackupCatalog(dumpdata).latest().orElseThrow().verified()).isPresent();

    WorkerProcess.start(SMALL_HEAP, Task.START, empty, folder.resolve("unused"), copyOf(dumpdata))
        .awaitEnd();

    Path again = folder.resolve("again");
    WorkerProcess.start(SMALL_HEAP, Task.DUMP, empty, again).awaitEnd();
    assertThat(
            new BackupCatalog(again)
                .latest()
                .orElseThrow()
                .manifest()
                .files()
                .get("user_messages.json")
                .sha256())
        .isEqualTo(dumped.files().get("user_messages.json").sha256());
    System.out.printf(
        "small heap: %d messages with %d links dumped, verified, loaded and dumped alike with %s%n",
        MESSAGES, 2 * MESSAGES, SMALL_HEAP);
  }

  private Path copyOf(Path dumpdata) throws Exception {
    Path fixtures = Files.createDirectory(folder.resolve("fixtures"));
    try (Stream<Path> files = Files.list(dumpdata)) {
      for (Path file :
          (Iterable<Path>) files.filter(file -> file.toString().endsWith(".json"))::iterator) {
        Files.createLink(fixtures.resolve(file.getFileName()), file.toRealPath());
      }
    }
    return fixtures;
  }
}

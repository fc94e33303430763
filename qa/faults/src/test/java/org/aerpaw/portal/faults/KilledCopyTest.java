package org.aerpaw.portal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.encryption.EncryptionSettings;
import org.aerpaw.portal.backup.encryption.EncryptionSettings.Scope;
import org.aerpaw.portal.backup.encryption.Recipients;
import org.aerpaw.portal.backup.retention.RetentionRules;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.store.StoreList;
import org.aerpaw.portal.backup.store.contents.StoreSettings;
import org.aerpaw.portal.backup.store.files.S3Server;
import org.aerpaw.portal.faults.Worker.Task;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server is killed with SIGKILL at random moments of a copy; the next one continues it. */
class KilledCopyTest {

  private static final Path DJANGO =
      Path.of("../../portal-backup/src/test/resources/fixtures/django");
  private static final int KILLS = Integer.getInteger("portal.kills");

  /** So few kills that chance decides may all miss the middle. */
  private static final int LEAST_IN_THE_MIDDLE = KILLS < 20 ? 0 : KILLS / 4;

  private static final long SEED = Long.getLong("portal.seed", 20261129);
  private static final List<String> CREDENTIALS =
      List.of("-Daws.accessKeyId=ada", "-Daws.secretAccessKey=secret");

  private static final String RECIPIENT =
      "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg";

  /** The kinds of copies. */
  enum Kind {
    FOLDER,
    ENCRYPTED_FOLDER,
    S3
  }

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private TestDatabase database;
  private BackupSet set;

  @BeforeEach
  void dump() throws Exception {
    database = TestDatabase.empty();
    var engine = new Engine(database.dataSource(), folder.resolve("dumpdata"));
    engine.migrate();
    assertThat(engine.load(DJANGO).errors()).isEmpty();
    assertThat(engine.dump().errors()).isEmpty();
    set = engine.sets.latest().orElseThrow();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void copyShouldBeCompleteOrNotListedWheneverTheServerIsKilled(Kind kind) throws Exception {
    System.out.printf("%d kills of copies, seed %d%n", KILLS, SEED);
    List<String> location = location(kind);
    long usual = usualMillis(kind, location);
    int incomplete = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      List<String> fresh = location(kind);
      Engine engine = engine(kind, fresh);
      WorkerProcess worker = start(kind, fresh);
      worker.awaitLine(Worker.COPYING);
      Thread.sleep(random.nextLong(usual + 1));
      worker.kill();

      incomplete += listed(engine).contains(set.id()) ? 0 : 1;
      assertThat(engine.copy().state()).as("the copy after kill %s", kill).isEqualTo(RunState.DONE);
      assertThat(listed(engine)).containsExactly(set.id());
    }
    System.out.printf("%d of %d copies were incomplete when they were killed%n", incomplete, KILLS);
    assertThat(incomplete).isGreaterThanOrEqualTo(LEAST_IN_THE_MIDDLE);
    assertFetchedSetIsTheSame(kind, engine(kind, location));
  }

  /** A new bucket or folder. */
  private List<String> location(Kind kind) throws Exception {
    if (kind != Kind.S3) {
      return List.of(Files.createTempDirectory(folder, "store").toUri().toString());
    }
    S3Server server = S3Server.shared();
    return List.of("s3://" + server.createBucket() + "/portal", server.endpoint().toString());
  }

  /** How long a copy takes in a process of its own, from its beginning to its end. */
  private long usualMillis(Kind kind, List<String> location) throws Exception {
    WorkerProcess worker = start(kind, location);
    worker.awaitLine(Worker.COPYING);
    long began = System.nanoTime();
    worker.awaitEnd();
    return (System.nanoTime() - began) / 1_000_000;
  }

  private WorkerProcess start(Kind kind, List<String> location) throws Exception {
    List<String> options = new ArrayList<>(CREDENTIALS);
    if (kind == Kind.ENCRYPTED_FOLDER) {
      options.add("-D" + Worker.RECIPIENT + "=" + RECIPIENT);
    }
    return WorkerProcess.start(options, Task.COPY, database, folder.resolve("dumpdata"), location);
  }

  private Engine engine(Kind kind, List<String> location) {
    return new Engine(
        database.dataSource(),
        folder.resolve("dumpdata"),
        Optional.of(
            new StoreSettings(
                URI.create(location.get(0)),
                location.stream().skip(1).findFirst().map(URI::create),
                RetentionRules.keepLast(10, ZoneOffset.UTC))),
        kind == Kind.ENCRYPTED_FOLDER
            ? Optional.of(new EncryptionSettings(Scope.COPIES, Recipients.parse(RECIPIENT)))
            : Optional.empty());
  }

  /** The ids of the listed copies, each of which has all its files. */
  private static List<String> listed(Engine engine) throws Exception {
    return engine.copies().sets().stream().map(StoreList.CopyEntry::id).toList();
  }

  private void assertFetchedSetIsTheSame(Kind kind, Engine engine) throws Exception {
    engine.sets.remove(set.id());
    assertThat(engine.fetch(set.id()).errors()).isEmpty();
    Optional<BackupSet> fetched = engine.sets.find(set.id());
    if (kind == Kind.ENCRYPTED_FOLDER) {
      assertThat(fetched.orElseThrow().manifest().isEncrypted()).isTrue();
    } else {
      assertThat(fetched).contains(set);
    }
    assertThat(fetched.orElseThrow().verifyFiles()).isEmpty();
  }
}

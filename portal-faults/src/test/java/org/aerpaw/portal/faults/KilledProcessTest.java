package org.aerpaw.portal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.aerpaw.portal.faults.Worker.Task;
import org.aerpaw.portal.fixtures.run.RunState;
import org.aerpaw.portal.fixtures.sets.DumpSet;
import org.aerpaw.portal.testing.TableContents;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessTest {

  private static final Path DJANGO =
      Path.of("../portal-fixtures-ejb/src/test/resources/fixtures/django");
  private static final int KILLS = Integer.getInteger("portal.kills", 100);

  /** Longer than a dump or a load of these fixtures takes in a young JVM, so that deaths fall on every part of it. */
  private static final int LONGEST_LIFE = 1500;

  private static final List<String> YOUNG = List.of("-XX:TieredStopAtLevel=1");

  private final Random random = new Random(20261122);

  @TempDir Path folder;
  private TestDatabase database;
  private Engine engine;
  private Path fixtures;

  @BeforeEach
  void fill() throws Exception {
    database = TestDatabase.empty();
    engine = new Engine(database.dataSource(), folder.resolve("dumpdata"));
    engine.migrate();
    fixtures = copyOfDjango("fixtures", "", "");
    assertThat(engine.load(fixtures).errors()).isEmpty();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  /** D42. */
  @Test
  void newestSetShouldBeWholeWheneverADumpIsKilled() throws Exception {
    assertThat(engine.dump().state()).isEqualTo(RunState.DONE);
    int sets = 0;
    int leftovers = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      WorkerProcess.start(YOUNG, Task.DUMP_ON, database, engine.sets.folder())
          .killAfter(random.nextInt(LONGEST_LIFE));
      leftovers += leftovers() > 0 ? 1 : 0;
      DumpSet latest = engine.sets.latest().orElseThrow();
      requireWhole(latest);
      assertThat(Files.readAllBytes(engine.sets.folder().resolve("users.json")))
          .isEqualTo(Files.readAllBytes(latest.folder().resolve("users.json")));
    }
    List<DumpSet> all = engine.sets.all();
    for (DumpSet set : all) {
      requireWhole(set);
      sets++;
    }
    assertThat(engine.dump().state()).isEqualTo(RunState.DONE);
    assertThat(leftovers()).as("leftovers after the next dump").isZero();
    System.out.printf(
        "dumps: %d kills survived, %d of them in the middle of a set, %d sets verified%n",
        KILLS, leftovers, sets);
  }

  /** L41. */
  @Test
  void loadShouldBeDoneWholeOrNotAtAllWheneverItIsKilled() throws Exception {
    Path others = copyOfDjango("others", "\"uuid\": \"", "\"uuid\": \"other-");
    Map<String, List<String>> one = TableContents.of(database);
    assertThat(engine.load(others).errors()).isEmpty();
    Map<String, List<String>> other = TableContents.of(database);
    assertThat(other).isNotEqualTo(one);
    int ones = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      WorkerProcess.start(YOUNG, Task.LOAD_ON, database, engine.sets.folder(), fixtures, others)
          .killAfter(random.nextInt(LONGEST_LIFE));
      Map<String, List<String>> now = TableContents.of(database);
      assertThat(now.equals(one) || now.equals(other))
          .as("a load was kept in part after kill %d", kill)
          .isTrue();
      ones += now.equals(one) ? 1 : 0;
    }
    assertThat(engine.load(fixtures).errors()).isEmpty();
    assertThat(TableContents.of(database)).isEqualTo(one);
    System.out.printf(
        "loads: %d kills survived, %d left the one content and %d the other%n",
        KILLS, ones, KILLS - ones);
  }

  private static void requireWhole(DumpSet set) throws Exception {
    assertThat(set.manifest().complete()).isTrue();
    assertThat(set.manifest().files()).hasSize(12);
    for (var file : set.manifest().files().entrySet()) {
      byte[] content = Files.readAllBytes(set.folder().resolve(file.getKey()));
      String sha256 =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
      assertThat(sha256)
          .as("%s of %s", file.getKey(), set.id())
          .isEqualTo(file.getValue().sha256());
    }
  }

  private long leftovers() throws IOException {
    try (Stream<Path> entries = Files.list(engine.sets.folder())) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(".")).count();
    }
  }

  private Path copyOfDjango(String name, String from, String to) throws IOException {
    Path copy = Files.createDirectories(folder.resolve(name));
    try (Stream<Path> files = Files.list(DJANGO)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.writeString(
            copy.resolve(file.getFileName()), Files.readString(file).replace(from, to));
      }
    }
    return copy;
  }
}

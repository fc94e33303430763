package org.aerpaw.portal.faults;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.contract.ServedPortal;
import org.aerpaw.portal.contract.ServerProcess;
import org.aerpaw.portal.testing.TableContents;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * D42 and L41. The server is killed with SIGKILL at random moments of dumps and loads, in turn.
 * Each start checks what the previous kill left behind, and that the next run works.
 */
class KilledServerIT {

  private static final Path DJANGO =
      Path.of("../../portal-backup/src/test/resources/fixtures/django");
  private static final int KILLS = Integer.getInteger("portal.kills");

  /** So few kills that chance decides may all miss the middle. */
  private static final int LEAST_IN_THE_MIDDLE = KILLS < 20 ? 0 : KILLS / 8;

  private static final long SEED = Long.getLong("portal.seed", 20261122);
  private static final int MESSAGES = 3000;
  private static final int FIRST_MESSAGE = 1_000_000;
  private static final String MESSAGE =
      """
      {"model": "user_messages.aerpawusermessage", "pk": %d, "fields": {"created": "2026-11-22T09:30:00Z", \
      "modified": "2026-11-22T09:30:00Z", %s", "message_owner": 1, "sent_by": 1, "received_by": [1, 2]}}
      """;

  private static final String DUMPS = "api/dumps";
  private static final String LOADS = "api/loads";

  /**
   * When a kill came, as the history tells: before the run was in it, before its outcome was, or
   * after.
   */
  private enum Moment {
    BEFORE,
    MIDDLE,
    AFTER
  }

  /** The newest run as the history has it. */
  private record Newest(String id, String state) {}

  private final Random random = new Random(SEED);
  private final Map<Moment, Integer> dumpKills = new EnumMap<>(Moment.class);
  private final Map<Moment, Integer> loadKills = new EnumMap<>(Moment.class);
  private int leftInTheMiddle;
  private int keptInTheMiddle;

  /** The one that was killed last. */
  private boolean loadWasKept;

  @TempDir Path folder;
  private TestDatabase database;
  private BackupCatalog sets;
  private Path ones;
  private Path others;
  private Map<String, List<String>> one;
  private Map<String, List<String>> other;

  /** How long a dump and a load take, from the request to the end. */
  private long usualDump;

  private long usualLoad;

  @BeforeEach
  void fill() throws Exception {
    database = TestDatabase.empty();
    var engine = new Engine(database.dataSource(), folder.resolve("dumpdata"));
    engine.migrate();
    ones = fixtures("ones", "\"uuid\": \"");
    others = fixtures("others", "\"uuid\": \"other-");
    assertThat(engine.load(others).errors()).isEmpty();
    other = TableContents.of(database);
    assertThat(engine.load(ones).errors()).isEmpty();
    one = TableContents.of(database);
    assertThat(other).isNotEqualTo(one);
    sets = engine.sets;
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void newestSetAndDatabaseShouldBeWholeWheneverTheServerIsKilled() throws Exception {
    System.out.printf("kills: %d of dumps and %d of loads, seed %d%n", KILLS, KILLS, SEED);
    rehearse();
    for (int kill = 1; kill <= KILLS; kill++) {
      killDump(kill);
      killLoad(kill);
    }
    try (ServerProcess server = start(ones)) {
      assertDone(server, LOADS, "{}");
      assertDone(server, DUMPS, "{}");
    }
    assertThat(TableContents.of(database)).isEqualTo(one);
    for (BackupSet set : sets.all()) {
      assertWhole(set);
    }
    assertThat(dumpKills.getOrDefault(Moment.MIDDLE, 0))
        .isGreaterThanOrEqualTo(LEAST_IN_THE_MIDDLE);
    assertThat(loadKills.getOrDefault(Moment.MIDDLE, 0))
        .isGreaterThanOrEqualTo(LEAST_IN_THE_MIDDLE);
    System.out.printf(
        "dumps: %d kills survived, by moment %s; %d left a part of a set%n",
        KILLS, dumpKills, leftInTheMiddle);
    System.out.printf(
        "loads: %d kills survived, by moment %s; %d of the middle were committed%n",
        KILLS, loadKills, keptInTheMiddle);
  }

  /** Tells how long what is to be killed would take. */
  private void rehearse() throws Exception {
    try (ServerProcess server = start(others)) {
      assertDone(server, DUMPS, "{}");
      usualDump = Math.min(timed(server, DUMPS), timed(server, DUMPS));
      assertDone(server, "api/sets/latest/verify", "");
      usualLoad = timed(server, LOADS);
    }
    System.out.printf("a dump takes %d ms, a load %d ms%n", usualDump, usualLoad);
  }

  /**
   * After a start that shows that dumps work, and that a dump clears away what the one before left.
   */
  private void killDump(int kill) throws Exception {
    BackupSet before;
    Moment moment;
    try (ServerProcess server = start(ones)) {
      assertNextRunWorks(server, DUMPS, "{}", loadWasKept);
      assertThat(leftovers()).isZero();
      before = sets.latest().orElseThrow();
      moment = killDuring(server, DUMPS, moment(kill, usualDump));
    }
    dumpKills.merge(moment, 1, Integer::sum);
    BackupSet now = sets.latest().orElseThrow();
    assertWhole(now);
    assertThat(sets.folder().resolve("users.json"))
        .hasSameBinaryContentAs(now.folder().resolve("users.json"));
    switch (moment) {
      case BEFORE -> assertThat(now.id()).isEqualTo(before.id());
      case MIDDLE -> leftInTheMiddle += leftovers() > 0 ? 1 : 0;
      case AFTER -> assertThat(now.id()).isGreaterThan(before.id());
    }
  }

  /** After a start that verifies the set that is the newest since a dump was killed. */
  private void killLoad(int kill) throws Exception {
    Map<String, List<String>> before = TableContents.of(database);
    Map<String, List<String>> after = before.equals(one) ? other : one;
    Moment moment;
    try (ServerProcess server = start(before.equals(one) ? others : ones)) {
      assertNextRunWorks(server, "api/sets/latest/verify", "", false);
      moment = killDuring(server, LOADS, moment(kill, usualLoad));
    }
    loadKills.merge(moment, 1, Integer::sum);
    Map<String, List<String>> now = TableContents.of(database);
    loadWasKept = now.equals(after);
    assertThat(loadWasKept || now.equals(before)).as("a load was kept in part").isTrue();
    switch (moment) {
      case BEFORE -> assertThat(loadWasKept).isFalse();
      case MIDDLE -> keptInTheMiddle += loadWasKept ? 1 : 0;
      case AFTER -> assertThat(loadWasKept).isTrue();
    }
  }

  private ServerProcess start(Path fixtures) throws IOException {
    return ServerProcess.start(database, folder, fixtures);
  }

  /**
   * @param wasKept whether what was interrupted before has to be told to be done; else it has to be
   *     told to have been interrupted
   */
  private void assertNextRunWorks(ServerProcess server, String path, String body, boolean wasKept)
      throws SQLException {
    Newest before = newest();
    assertDone(server, path, body);
    JsonObject told = ServedPortal.json(server.portal().get("api/runs/" + before.id()));
    boolean wasRunning = List.of("running", "interrupted").contains(before.state());
    if (wasRunning && !wasKept) {
      assertThat(told.getString("state")).isEqualTo("interrupted");
      assertThat(told.getJsonArray("errors").getJsonObject(0).getString("reason"))
          .isEqualTo(
              told.getString("kind").equals("load")
                  ? "the server stopped before the load was committed"
                  : "the server stopped before the run finished; if ./portal sets lists a set"
                      + " from the time of this run, it has all its files; otherwise none was made");
    } else {
      assertThat(told.getString("state")).isEqualTo("done");
    }
  }

  private static JsonObject assertDone(ServerProcess server, String path, String body) {
    JsonObject run = server.portal().run(path, body);
    assertThat(run.getString("state")).as(run.toString()).isEqualTo("done");
    return run;
  }

  private static long timed(ServerProcess server, String path) {
    Instant began = Instant.now();
    JsonObject run = assertDone(server, path, "{}");
    return Duration.between(began, Instant.parse(run.getString("finished"))).toMillis();
  }

  /**
   * A random moment in the part of a run that belongs to this kill, so that even a few kills are
   * spread over the whole run.
   *
   * @return milliseconds after the start of the run
   */
  private long moment(int kill, long duration) {
    return (long) ((kill - 1 + random.nextDouble()) / KILLS * duration);
  }

  private Moment killDuring(ServerProcess server, String path, long milliseconds) throws Exception {
    Newest before = newest();
    var request = CompletableFuture.runAsync(() -> server.portal().post(path, "{}"));
    server.killAfter(milliseconds);
    // Whether the answer came is a matter of the moment.
    request.exceptionally(broken -> null).join();
    Newest after = newest();
    if (after.id().equals(before.id())) {
      return Moment.BEFORE;
    }
    return after.state().equals("running") ? Moment.MIDDLE : Moment.AFTER;
  }

  private Newest newest() throws SQLException {
    String sql = "SELECT id, state FROM fixtures.run ORDER BY started DESC LIMIT 1";
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return new Newest(rows.getString(1), rows.getString(2));
    }
  }

  private static void assertWhole(BackupSet set) throws Exception {
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
    try (Stream<Path> entries = Files.list(sets.folder())) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(".")).count();
    }
  }

  /**
   * What a Django portal dumped, and messages enough for runs to take a while; each object with
   * something of its own.
   */
  private Path fixtures(String name, String uuid) throws IOException {
    Path fixtures = Files.createDirectories(folder.resolve(name));
    try (Stream<Path> files = Files.list(DJANGO)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.writeString(
            fixtures.resolve(file.getFileName()),
            Files.readString(file).replace("\"uuid\": \"", uuid));
      }
    }
    Files.writeString(
        fixtures.resolve("messages.jsonl"),
        IntStream.rangeClosed(1, MESSAGES)
            .mapToObj(number -> MESSAGE.formatted(FIRST_MESSAGE + number, uuid))
            .collect(joining()));
    return fixtures;
  }
}

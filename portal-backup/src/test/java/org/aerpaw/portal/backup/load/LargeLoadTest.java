package org.aerpaw.portal.backup.load;

import static org.aerpaw.portal.backup.Fixture.credentials;
import static org.aerpaw.portal.backup.Fixture.fixture;
import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.aerpaw.portal.backup.LoadRequestBuilder.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.Fixture.Item;
import org.aerpaw.portal.backup.Interference;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.load.fast.TableStrategy;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Large loads, which use fast strategies with the same results and errors as staging. */
@ExtendWith(TestPortalExtension.class)
class LargeLoadTest {

  /** The number of users whose text is larger than a megabyte. */
  private static final int MANY = 1500;

  private static final String FOREIGN_KEYS =
      "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM"
          + " pg_constraint WHERE contype = 'f' ORDER BY 1, 2";
  private static final LoadRequest MERGE =
      LoadRequest.of(LoadRequest.FIXTURES, List.of(), LoadMode.MERGE);
  private static final LoadRequest REPLACE =
      LoadRequest.of(LoadRequest.FIXTURES, List.of(), LoadMode.REPLACE);
  private static final LoadRequest DRY_RUN = load().dryRun().build();

  private final TestPortal portal;
  private final AtomicInteger staged = new AtomicInteger();
  private final AtomicInteger backups = new AtomicInteger();

  LargeLoadTest(TestPortal portal) {
    this.portal = portal;
  }

  @BeforeEach
  void fill() throws Exception {
    portal.loaded(group(1, "one"), group(2, "two"));
  }

  @Test
  void objectsShouldBeCopiedIntoEmptyTablesAndForeignKeysRestored() throws Exception {
    List<String> before = portal.select(FOREIGN_KEYS);

    LoadReport report = done(MERGE, users());

    assertThat(staged).hasValue(0);
    assertThat(report.created()).isEqualTo(MANY);
    assertThat(portal.select("SELECT count(*), max(id), max(first_name) FROM users_aerpawuser"))
        .containsExactly(MANY + " " + MANY + " " + name(9));
    assertThat(
            portal.select(
                "SELECT group_id, count(*) FROM users_aerpawuser_groups GROUP BY 1 ORDER BY 1"))
        .containsExactly("1 " + MANY, "2 " + MANY);
    assertThat(portal.select(FOREIGN_KEYS)).isEqualTo(before).isNotEmpty();
    assertThat(portal.select("SELECT nextval(pg_get_serial_sequence('users_aerpawuser', 'id'))"))
        .containsExactly(String.valueOf(MANY + 1));
  }

  @Test
  void unchangedObjectsShouldNotBeStagedOrWritten() throws Exception {
    done(MERGE, users());
    List<String> before = portal.select("SELECT xmin, ctid, id FROM users_aerpawuser ORDER BY id");
    staged.set(0);

    assertThat(done(MERGE, users()).unchanged()).isEqualTo(MANY);
    assertThat(done(REPLACE, users()).unchanged()).isEqualTo(MANY);

    assertThat(staged).hasValue(0);
    assertThat(portal.select("SELECT xmin, ctid, id FROM users_aerpawuser ORDER BY id"))
        .isEqualTo(before);
  }

  @Test
  void onlyDifferentObjectsShouldBeWritten() throws Exception {
    done(MERGE, users());
    List<String> before = portal.select("SELECT xmin FROM users_aerpawuser WHERE id NOT IN (7, 9)");
    Item[] items = users();
    items[6] = items[6].with("first_name", "changed");
    items[8] = items[8].with("groups", List.of(2));
    items[MANY - 1] = items[MANY - 1].without("groups");

    LoadReport report = done(MERGE, more(items, user(MANY + 1)));

    assertThat(staged).hasPositiveValue();
    assertThat(report.created()).isEqualTo(1);
    assertThat(report.updated()).isEqualTo(2);
    assertThat(report.unchanged()).isEqualTo(MANY - 2);
    assertThat(
            portal.select(
                "SELECT xmin FROM users_aerpawuser WHERE id NOT IN (7, 9, " + (MANY + 1) + ")"))
        .isEqualTo(before);
    assertThat(portal.select("SELECT first_name FROM users_aerpawuser WHERE id = 7"))
        .containsExactly("changed");
    assertThat(
            portal.select("SELECT group_id FROM users_aerpawuser_groups WHERE aerpawuser_id = 9"))
        .containsExactly("2");
  }

  @Test
  void replacingLoadShouldStageOnlyDifferencesAndDeleteRowsWithoutObjects() throws Exception {
    done(MERGE, users());
    portal.loaded(user(MANY + 5));
    List<String> before =
        portal.select("SELECT xmin FROM users_aerpawuser WHERE id > 10 ORDER BY id");
    Item[] items = users();
    items[2] = items[2].with("first_name", "changed");

    LoadReport report = done(REPLACE, Stream.of(items).skip(1).toArray(Item[]::new));

    assertThat(report.strategies()).containsOnly(entry("users.aerpawuser", TableStrategy.COMPARE));
    assertThat(report.models())
        .containsOnly(entry("users.aerpawuser", new Counts(0, 1, MANY - 2, 2)));
    assertThat(portal.select("SELECT xmin FROM users_aerpawuser WHERE id > 10 ORDER BY id"))
        .isEqualTo(before.subList(0, before.size() - 1));
    assertThat(portal.sets.all())
        .extracting(set -> set.id())
        .containsExactly(report.safetyBackup());
  }

  @Test
  void errorsShouldHavePositionsAndLeaveTheForeignKeysUnchanged() throws Exception {
    List<String> before = portal.select(FOREIGN_KEYS);

    assertThat(refused(more(users(), user(MANY + 1).with("groups", List.of(99)))))
        .containsExactly(
            "users.json:%d:159: users.aerpawuser(pk=%d): groups: no auth.group(pk=99) in the database or in this load"
                .formatted(MANY + 2, MANY + 1));
    assertThat(refused(more(users(), user(MANY + 1).with("profile", 5))))
        .containsExactly(
            ("users.json:%d:160: users.aerpawuser(pk=%d): profile: no"
                    + " profiles.aerpawuserprofile(pk=5) in the database or in this load")
                .formatted(MANY + 2, MANY + 1));
    assertThat(refused(more(users(), user(3).with("first_name", "x"))))
        .containsExactly(
            ("users.json:%d:1: users.aerpawuser(pk=3): an object with the same key but different"
                    + " content is at users.json:4:1")
                .formatted(MANY + 2));
    assertThat(done(DRY_RUN, more(users(), users()[2])).created()).isEqualTo(MANY);
    assertThat(refused(more(users(), user(MANY + 1).with("username", "user3"))))
        .hasSize(1)
        .first()
        .asString()
        .endsWith("username: duplicate value, also used at users.json:4:134");
    assertThat(portal.select(FOREIGN_KEYS)).isEqualTo(before);
  }

  @Test
  void replacingLoadThatChangesNearlyEveryRowShouldStageObjectsOnceTheBuffersAreFull()
      throws Exception {
    done(MERGE, users());
    portal.loaded(user(MANY + 5));
    Item[] items =
        Stream.of(users()).map(item -> item.with("last_name", "changed")).toArray(Item[]::new);
    items[1200] = users()[1200];

    LoadReport report =
        done(REPLACE, Stream.of(items).filter(item -> item != items[1300]).toArray(Item[]::new));

    assertThat(report.strategies()).containsOnly(entry("users.aerpawuser", TableStrategy.COMPARE));
    assertThat(report.models())
        .containsOnly(entry("users.aerpawuser", new Counts(0, MANY - 2, 1, 2)));
    assertThat(portal.select("SELECT count(*), count(DISTINCT last_name) FROM users_aerpawuser"))
        .containsExactly((MANY - 1) + " 2");
  }

  @Test
  void comparisonShouldGoOnAfterTheBuffersWereFull() throws Exception {
    Item[] items =
        IntStream.rangeClosed(1, 600)
            .mapToObj(key -> credentials(key, 1).with("public_credential", "c".repeat(20_000)))
            .toArray(Item[]::new);
    portal.withFixture("credentials.json", items);
    done(MERGE, user(1));
    for (int i = 0; i < 600; i += 10) {
      items[i] = items[i].with("name", "changed");
    }
    Item[] remaining =
        Stream.of(items)
            .filter(item -> item != items[0] && item != items[598])
            .toArray(Item[]::new);
    portal.withFixture("credentials.json", more(remaining, credentials(601, 1)));

    LoadReport report = done(REPLACE, user(1));

    assertThat(report.strategies())
        .containsEntry("credentials.publiccredentials", TableStrategy.COMPARE);
    assertThat(report.models())
        .containsEntry("credentials.publiccredentials", new Counts(1, 59, 539, 2));
    assertThat(
            portal.select(
                "SELECT count(*), count(*) FILTER (WHERE name = 'changed'), max(id)"
                    + " FROM credentials_publiccredentials"))
        .containsExactly("599 59 601");
  }

  @Test
  void replacingLoadShouldFailIfAnUnchangedRowHasTheSameUniqueValue() throws Exception {
    done(MERGE, users());
    Item[] items = users();
    items[6] = items[6].with("username", "user3");
    portal.withFixture("users.json", items);

    assertThat(portal.refused(REPLACE))
        .singleElement()
        .asString()
        .contains("username: duplicate value, also used at users.json:");
  }

  @Test
  void replacingLoadShouldFailIfAnUnchangedRowRefersToADeletedRow() throws Exception {
    portal.loaded(group(3, "three"));
    Item[] items = users();
    items[6] = items[6].with("groups", List.of(3));
    done(MERGE, items);
    portal.withFixture("users.json", items);
    portal.withFixture("groups.json", group(1, "one"), group(2, "two"));

    assertThat(portal.refused(REPLACE))
        .singleElement()
        .asString()
        .endsWith("groups: refers to auth.group(pk=3), which the load would delete");
  }

  @Test
  void replacingLoadShouldMakeOneSafetyBackupAndAFailedOneShouldKeepNone() throws Exception {
    done(MERGE, users());
    backups.set(0);

    done(REPLACE, users());
    assertThat(backups).hasValue(1);

    Item[] items = users();
    items[6] = items[6].with("first_name", "changed");
    done(REPLACE, items);
    assertThat(backups).hasValue(2);

    // The objects are not sorted by primary key, so the files are read twice.
    items[7] = users()[8];
    items[8] = users()[7];
    LoadReport report = done(REPLACE, items);
    assertThat(backups).hasValue(3);
    assertThat(report.strategies().get("users.aerpawuser"))
        .isEqualTo(
            TableStrategy.stage("the objects of users.aerpawuser are not sorted by primary key"));
    assertThat(report.stages()).containsKeys("backup", "read", "diagnose", "check");

    int sets = portal.sets.all().size();
    portal.withFixture("users.json", more(users(), user(MANY + 1).with("groups", List.of(99))));
    portal.refused(REPLACE);
    assertThat(portal.sets.all()).hasSize(sets);
  }

  @Test
  void smallForeignFileShouldNotDisableFastStrategiesOfOtherTables() throws Exception {
    portal.withFixture("roles.json", group(1, "one"), group(4, "four"));

    LoadReport report = done(MERGE, users());

    assertThat(report.strategies())
        .containsOnly(
            entry("users.aerpawuser", TableStrategy.COPY),
            entry(
                "auth.group",
                TableStrategy.stage("roles.json is small and not named after an app")));
    assertThat(report.models())
        .containsEntry("auth.group", new Counts(1, 0, 1, 0))
        .containsEntry("users.aerpawuser", new Counts(MANY, 0, 0, 0));
  }

  @Test
  void largeForeignFileShouldUseAFastStrategy() throws Exception {
    portal.withFixture("everything.json", users());

    LoadReport report = portal.load().report(LoadReport.class);

    assertThat(report.strategies()).containsOnly(entry("users.aerpawuser", TableStrategy.COPY));
  }

  @Test
  void filesOfAFailingLoadShouldBeReadTwice() throws Exception {
    var stages = new LinkedHashSet<String>();
    portal.withFixture("users.json", more(users(), user(MANY + 1).with("groups", List.of(99))));
    portal.loads.start(MERGE, "a test");
    Run run;
    do {
      run = portal.runs.newest(1).get(0);
      if (run.progress().stage() != null) {
        stages.add(run.progress().stage());
      }
    } while (run.state() == RunState.RUNNING);

    assertThat(run.errors()).hasSize(1);
    assertThat(stages).contains("diagnose: database error 23503");
  }

  @Test
  void reportedTimeShouldBeTheElapsedTime() throws Exception {
    done(MERGE, users());
    Item[] items = users();
    items[7] = users()[8];
    items[8] = users()[7];

    LoadReport report = done(REPLACE, items);

    Run run = portal.runs.newest(1).get(0);
    long elapsed = Duration.between(run.started(), run.finished()).toMillis();
    assertThat(report.seconds().movePointRight(3).longValue()).isBetween(elapsed * 7 / 10, elapsed);
    assertThat(report.stages().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
        .isBetween(report.seconds().multiply(new BigDecimal("0.95")), report.seconds());
  }

  @Test
  void failedReplacingLoadShouldLeaveNoSetBehind() throws Exception {
    portal.withFixture("users.json", more(users(), user(MANY + 1).with("groups", List.of(99))));

    assertThat(portal.refused(REPLACE)).hasSize(1);

    assertThat(portal.sets.all()).isEmpty();
  }

  @Test
  void dryRunShouldChangeNothing() throws Exception {
    DatabaseContent before = DatabaseContent.of(portal.database);

    assertThat(done(DRY_RUN, users()).created()).isEqualTo(MANY);

    assertThat(DatabaseContent.of(portal.database)).isEqualTo(before);
  }

  @Test
  void tablesLockedByReadersShouldBeStaged() throws Exception {
    try (var reader = portal.database.dataSource().getConnection()) {
      reader.setAutoCommit(false);
      reader.createStatement().execute("SELECT FROM users_aerpawuser");

      assertThat(done(MERGE, users()).created()).isEqualTo(MANY);
    }
    assertThat(staged).hasPositiveValue();
  }

  @Test
  void triggersShouldFireAndReferencesWithoutForeignKeysShouldBeChecked() throws Exception {
    portal.database.execute(
        """
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN NEW.last_name = 'noted'; RETURN NEW; END $$;
        CREATE TRIGGER note BEFORE INSERT ON users_aerpawuser FOR EACH ROW EXECUTE FUNCTION note();
        """);
    done(MERGE, users());
    assertThat(portal.select("SELECT DISTINCT last_name FROM users_aerpawuser"))
        .containsExactly("noted");

    portal.database.execute(
        """
        DROP TRIGGER note ON users_aerpawuser;
        TRUNCATE users_aerpawuser CASCADE;
        DO $$ DECLARE name text; BEGIN
          FOR name IN SELECT conname FROM pg_constraint WHERE contype = 'f'
            AND conrelid = 'users_aerpawuser_groups'::regclass LOOP
            EXECUTE 'ALTER TABLE users_aerpawuser_groups DROP CONSTRAINT ' || name;
          END LOOP;
        END $$;
        """);
    assertThat(refused(more(users(), user(MANY + 1).with("groups", List.of(99))))).hasSize(1);
  }

  private static Item[] users() {
    return IntStream.rangeClosed(1, MANY)
        .mapToObj(
            key ->
                user(key)
                    .with("date_joined", "2022-01-01T00:00:01Z")
                    .with("first_name", name(key % 10))
                    .with("display_name", "d".repeat(255))
                    .with("openid_sub", "o".repeat(255))
                    .with("groups", List.of(2, 1)))
        .toArray(Item[]::new);
  }

  private static String name(int number) {
    return "n".repeat(100) + number;
  }

  private static Item[] more(Item[] items, Item... others) {
    return Stream.concat(Stream.of(items), Stream.of(others)).toArray(Item[]::new);
  }

  private List<String> refused(Item... items) throws Exception {
    Files.writeString(portal.fixtures.resolve("users.json"), fixture(items));
    return portal.refused(MERGE);
  }

  /** Loads, and counts the temporary tables that the load creates. */
  private LoadReport done(LoadRequest request, Item... items) throws Exception {
    Files.writeString(portal.fixtures.resolve("users.json"), fixture(items));
    var loads =
        new LoadService(
            Interference.beforeEvery(
                "CREATE TEMPORARY TABLE", portal.database.dataSource(), staged::incrementAndGet),
            portal.registry,
            portal.fixtures,
            false,
            portal.sets,
            portal.engine.retention(),
            portal.runs,
            context -> {
              backups.incrementAndGet();
              return portal.dumps.dumpSafetyBackup(context);
            });
    Run run = loads.loadAndWait(request, "a test");
    assertThat(run.errors()).isEmpty();
    assertThat(run.state()).isEqualTo(RunState.DONE);
    return run.report(LoadReport.class);
  }
}

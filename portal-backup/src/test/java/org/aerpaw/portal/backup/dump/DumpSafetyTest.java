package org.aerpaw.portal.backup.dump;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.DumpedFile;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.masking.MaskingProfiles;
import org.aerpaw.portal.backup.masking.MaskingSettings;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole or not at all: D40 to D43, D50 and D51. */
@ExtendWith(TestPortalExtension.class)
class DumpSafetyTest {

  /** D40 */
  @Test
  void noReferenceAcrossFilesShouldDangleWhileOthersWrite(TestPortal portal) throws Exception {
    var dumps = DumpsDuringWrites.dump(portal, 10);

    assertThat(dumps.references()).isPositive();
    assertThat(dumps.dangling()).isEmpty();
  }

  /** D41 */
  @Test
  void manifestShouldCountTheObjectsOfEachModel(TestPortal portal) throws Exception {
    portal
        .insert("users_aerpawuser", "id", 1)
        .insert("projects_aerpawproject", "id", 1, "project_creator_id", 1)
        .insert("projects_aerpawproject", "id", 2, "project_creator_id", 1);

    Run dump = portal.dump("projects");

    assertThat(portal.set(dump).manifest().files().get("projects.json").models())
        .isEqualTo(Map.of("projects.aerpawproject", 2L, "projects.userproject", 0L));
    assertThat(dump.report(DumpReport.class).objects()).isEqualTo(2);
    assertThat(dump.progress().objects()).isEqualTo(2);
  }

  /** D41: what row security hides would be missing from the counts as well. */
  @Test
  void rowsThatTheDumpMayNotSeeShouldFailIt(TestPortal portal) throws Exception {
    String role = "reader_of_" + portal.database.name();
    portal
        .insert("operations_canonicalnumber", "id", 1)
        .insert("operations_canonicalnumber", "id", 2);
    portal.database.execute(
        """
        CREATE ROLE %1$s;
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO %1$s;
        GRANT USAGE ON SCHEMA fixtures TO %1$s;
        GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA fixtures TO %1$s;
        ALTER TABLE operations_canonicalnumber ENABLE ROW LEVEL SECURITY;
        CREATE POLICY some_rows ON operations_canonicalnumber USING (id = 1)
        """
            .formatted(role));
    var reader = portal.database.dataSource("SET ROLE " + role);

    Run dump = portal.withSessions(reader).dump("operations");

    assertThat(dump.errors())
        .singleElement()
        .hasToString(
            "database error: query would be affected by row-level security policy"
                + " for table \"operations_canonicalnumber\" (42501)");
  }

  /** D42 */
  @Test
  void remainsOfAKilledDumpShouldBeNoSetAndBeDeletedByTheNext(TestPortal portal) throws Exception {
    Path leftover = portal.sets.folder().resolve(".staging-0b6b0f1c");
    portal.dump("users");
    Files.createDirectory(leftover);
    Files.writeString(leftover.resolve("users.json"), "[\n{\n");
    Files.createSymbolicLink(
        portal.sets.folder().resolve(".staging-5e1d"), Path.of("20261122T093000.123Z"));
    assertThat(portal.sets.all()).hasSize(1);

    portal.dump("users");

    assertThat(portal.sets.all()).hasSize(2);
    assertNoLeftovers(portal);
  }

  /** D43 */
  @Test
  void failedDumpShouldLeaveThePreviousSetUnchanged(TestPortal portal) throws Exception {
    BackupSet before = portal.set(portal.dump());
    portal.insert("users_aerpawuser", "id", 9, "last_login", "infinity");

    Run dump = portal.dump();

    assertThat(dump.state()).isEqualTo(RunState.FAILED);
    assertThat(dump.errors())
        .singleElement()
        .hasToString("users.aerpawuser(pk=9): last_login: an infinite timestamp cannot be written");
    assertThat(portal.sets.all()).containsExactly(before);
    assertThat(portal.sets.latest()).contains(before);
    assertNoLeftovers(portal);
  }

  /** D43: nobody can make a folder there, not even root. */
  @Test
  void folderThatCannotBeWrittenShouldFailTheDump(TestPortal portal) throws Exception {
    var sets = new BackupCatalog(Path.of("/proc/dumpdata"));

    Run dump =
        new DumpService(
                portal.database.dataSource(),
                Optional.empty(),
                portal.registry,
                new MaskingProfiles(MaskingSettings.DEFAULT, portal.registry),
                sets,
                portal.engine.retention(),
                portal.runs,
                Optional.empty())
            .dumpAndWait(request(), "a test");

    assertThat(dump.state()).isEqualTo(RunState.FAILED);
    assertThat(dump.errors()).singleElement().asString().startsWith("file error: ");
  }

  /** D43 */
  @Test
  void folderThatVanishesShouldFailTheDump(TestPortal portal) throws Exception {
    assertThatThrownBy(
            () -> dumpAndAt("users.aerpawuser", portal, () -> delete(portal.sets.folder())))
        .isInstanceOf(IOException.class);

    assertThat(portal.sets.folder()).doesNotExist();
    assertThat(portal.dump().state()).isEqualTo(RunState.DONE);
  }

  @Test
  void operatorsOwnFileShouldBeKeptUnderAnotherNameAndTheReportShouldSayIt(TestPortal portal)
      throws Exception {
    Files.createDirectories(portal.sets.folder());
    Files.writeString(portal.sets.folder().resolve("users.json"), "mine");

    Run dump = portal.dump();

    String kept = "users.json.before-" + portal.set(dump).id();
    assertThat(portal.sets.folder().resolve(kept)).hasContent("mine");
    assertThat(DumpedFile.read(portal.sets.folder().resolve("users.json")).objects()).isEmpty();
    assertThat(dump.report().warnings().get(0))
        .isEqualTo(
            "a file with the name of a link to the newest set was in the dump directory; it was"
                + " renamed to "
                + kept);
  }

  /** D50 */
  @Test
  void dumpsOfUnchangedDataShouldBeEqual(TestPortal portal) throws Exception {
    portal.database.execute(
        """
        INSERT INTO operations_canonicalnumber (id, created, modified, canonical_number, is_deleted, is_retired)
            SELECT n, now(), now(), n, false, false FROM generate_series(1, 2000) n;
        INSERT INTO error_handling_aerpawthread (id, thread_start, uuid) VALUES (1, now(), '');
        INSERT INTO error_handling_aerpawerror (id, datetime, displayed, is_resolved, uuid)
            SELECT n, now(), false, false, '' FROM generate_series(1, 500) n;
        INSERT INTO error_handling_aerpawthread_error (aerpawthread_id, aerpawerror_id)
            SELECT 1, n FROM generate_series(1, 500) n ORDER BY random()
        """);
    BackupSet before = portal.set(portal.dump());

    String moveRows =
        """
        UPDATE operations_canonicalnumber SET id = id WHERE id %% 7 = %1$d %% 7;
        UPDATE error_handling_aerpawthread_error SET id = id WHERE id %% 7 = %1$d %% 7""";
    try (var writer = new ConcurrentWriter(portal.database, moveRows::formatted)) {
      for (int i = 0; i < 3; i++) {
        writer.awaitTransactions(3);
        BackupSet after = portal.set(portal.dump());
        for (String file : before.manifest().files().keySet()) {
          assertThat(after.folder().resolve(file))
              .hasSameBinaryContentAs(before.folder().resolve(file));
        }
      }
    }
  }

  /** D51 */
  @ParameterizedTest
  @CsvSource({
    "DROP COLUMN is_retired, no column operations_canonicalnumber.is_retired",
    "ADD COLUMN color text, the portal does not know the column"
        + " operations_canonicalnumber.color; its values would be lost",
    "'ALTER COLUMN canonical_number TYPE bigint', 'column"
        + " operations_canonicalnumber.canonical_number is int8, not int4'",
    "RENAME TO numbers, no table operations_canonicalnumber"
  })
  void tableThatDiffersFromTheMappingShouldBeNamedBeforeAnythingIsWritten(
      String change, String difference, TestPortal portal) throws Exception {
    portal.database.execute("ALTER TABLE operations_canonicalnumber " + change);

    Run dump = portal.dump();

    assertThat(dump.errors()).singleElement().hasToString(difference);
    assertThat(portal.sets.folder()).doesNotExist();
  }

  /** D51 */
  @Test
  void everyDifferenceFromTheMappingShouldBeNamedAtOnce(TestPortal portal) throws Exception {
    portal.database.execute(
        """
        ALTER TABLE users_aerpawuser DROP COLUMN profile_id, ADD COLUMN shoe_size integer;
        ALTER TABLE users_aerpawuser_groups ALTER COLUMN group_id TYPE bigint;
        """);

    assertThat(portal.dump("users").errors())
        .extracting(Object::toString)
        .containsExactly(
            "no column users_aerpawuser.profile_id",
            "the portal does not know the column users_aerpawuser.shoe_size; its values would be lost",
            "column users_aerpawuser_groups.group_id is int8, not int4");
  }

  private static DumpRequest request(String... apps) {
    return dumpOf(apps).build();
  }

  private interface Deed {
    void run() throws IOException;
  }

  /** Dumps, and does something in between: when a model's turn has come. */
  private static void dumpAndAt(String model, TestPortal portal, Deed deed) throws Exception {
    var done = new AtomicBoolean();
    DumpRequest request = request();
    try (var snapshot = Transaction.beginSnapshot(portal.database.dataSource())) {
      new Dumper(
              portal.registry,
              portal.sets,
              portal.engine.retention(),
              request,
              Selection.of(request, portal.registry),
              Optional.empty(),
              snapshot,
              portal.database.dataSource(),
              new RunContext(
                  Runnable::run,
                  database -> database,
                  progress -> {
                    if (model.equals(progress.model()) && done.compareAndSet(false, true)) {
                      unchecked(deed);
                    }
                  },
                  table -> {},
                  (report, transaction) -> {}),
              Optional.empty(),
              Optional.empty(),
              Optional.empty())
          .dump();
    }
  }

  private static void unchecked(Deed deed) {
    try {
      deed.run();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) below.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }

  private static void assertNoLeftovers(TestPortal portal) throws IOException {
    try (Stream<Path> entries = Files.list(portal.sets.folder())) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .noneMatch(name -> name.startsWith("."));
    }
  }
}

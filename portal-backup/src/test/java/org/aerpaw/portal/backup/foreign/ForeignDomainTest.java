package org.aerpaw.portal.backup.foreign;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.aerpaw.portal.backup.LoadRequestBuilder.loadFrom;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.diff.DiffReport;
import org.aerpaw.portal.backup.diff.DiffRequest;
import org.aerpaw.portal.backup.foreign.lending.Loan;
import org.aerpaw.portal.backup.foreign.library.Author;
import org.aerpaw.portal.backup.foreign.library.Book;
import org.aerpaw.portal.backup.foreign.library.Shelf;
import org.aerpaw.portal.backup.foreign.library.Work;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.masking.MaskingSettings;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.selection.RelatedObjects;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing here knows the portal: other entities on other tables are dumped and loaded just so. */
class ForeignDomainTest {

  private static final List<Class<?>> ENTITIES =
      List.of(Book.class, Loan.class, Work.class, Author.class, Shelf.class);

  @TempDir Path folder;

  /**
   * D30: to itself, to a child, in a circle. D31: descending, over references. D33, D35: other
   * keys, tables and names.
   */
  @Test
  void foreignRowsShouldBeDumpedAsTheirEntitiesSay() throws Exception {
    try (TestPortal library = library("library")) {
      library.database.execute(resource("rows.sql"));

      library.set(library.dump());

      assertThat(library.dumped("library.json").text()).isEqualTo(resource("library.json"));
      assertThat(library.dumped("lending.json").text()).isEqualTo(resource("lending.json"));
    }
  }

  @Test
  void foreignDumpShouldLoadIntoEmptyTablesAndBeDumpedAgainInTheSameBytes() throws Exception {
    try (TestPortal library = library("library");
        TestPortal copy = library("copy")) {
      library.database.execute(resource("rows.sql"));
      BackupSet set = library.set(library.dump());
      for (String file : set.manifest().files().keySet()) {
        copy.withFixture(set.folder().resolve(file));
      }

      var load = copy.load();

      assertThat(load.errors()).isEmpty();
      assertThat(load.report(LoadReport.class).created()).isEqualTo(15);
      BackupSet again = copy.set(copy.dump());
      for (String file : set.manifest().files().keySet()) {
        assertThat(again.folder().resolve(file)).hasSameBinaryContentAs(set.folder().resolve(file));
      }
    }
  }

  @Test
  void foreignSetShouldBeVerified() throws Exception {
    try (TestPortal library = library("library")) {
      library.database.execute(resource("rows.sql"));
      BackupSet all = library.set(library.dump());
      BackupSet leases = library.set(library.dump("lending.lease"));

      assertThat(library.verify(all).errors()).isEmpty();
      assertThat(library.verify(leases).errors()).isEmpty();
    }
  }

  /** Lists are sorted by the real names otherwise, and by the masked ones after a load. */
  @Test
  void maskedForeignSetShouldBeVerified() throws Exception {
    Path masks = Files.createDirectory(folder.resolve("masks"));
    Files.writeString(
        masks.resolve("readers.json"),
        """
        {"models": {
          "library.author": {"name": "name", "fame": "keep", "identifier": "null"},
          "library.shelf": {"code": "hash", "maxLoad": "fixed:1.50"},
          "library.work": {"title": "text", "medium": "keep"}}}
        """);
    try (TestPortal real = library("library")) {
      TestPortal library =
          real.withMasking(new MaskingSettings(masks, folder.resolve("key"), false));
      library.database.execute(resource("rows.sql"));

      BackupSet set = library.set(library.dump(dumpOf().mask("readers").build()));

      assertThat(library.dumped("library.json").text())
          .doesNotContain("Ada", "Ben", "Engines", "9f6e");
      assertThat(library.dumped("library.json").values("maxLoad")).containsOnly("1.5");
      assertThat(library.dumped("library.json").values("authors")).contains("[1,2,3]");
      assertThat(library.verify(set).errors()).isEmpty();
    }
  }

  @Test
  void foreignSetShouldEqualItsDatabase() throws Exception {
    try (TestPortal library = library("library")) {
      library.database.execute(resource("rows.sql"));
      BackupSet set = library.set(library.dump());

      Run run =
          library
              .engine
              .diffs()
              .diffAndWait(new DiffRequest(set.id(), null, null, false, null), "a test");

      assertThat(run.errors()).isEmpty();
      DiffReport report = run.report(DiffReport.class);
      assertThat(report.models().stream().mapToLong(DiffReport.ComparedModel::equal).sum())
          .isEqualTo(15);
      assertThat(report.differences()).isEmpty();
    }
  }

  @Test
  void referencesInACircleShouldBeRestoredOnce() throws Exception {
    try (TestPortal library = library("library")) {
      library.database.execute(resource("rows.sql"));
      BackupSet set = library.set(library.dump());
      Map<String, List<String>> before = DatabaseContent.of(library.database).rows();
      library.database.execute(
          "BEGIN; DELETE FROM lease; DELETE FROM work_author; DELETE FROM work_seealso;"
              + " DELETE FROM book; DELETE FROM work; DELETE FROM author; DELETE FROM \"Shelf\"; COMMIT");

      Run load =
          library.load(restoring(set, RelatedObjects.REFERENCES, "lending.lease:1,2,-32768"));

      assertThat(load.errors()).isEmpty();
      assertThat(load.report(LoadReport.class).selection().objects())
          .extracting(Object::toString)
          .contains(
              "lending.lease(pk=1): requested",
              "library.book(pk=12): book_number of lending.lease(pk=1)",
              "library.work(pk=12): parent of library.book(pk=12)",
              "library.shelf(pk=2): shelf of library.work(pk=12)",
              "library.author(pk=3): authors of library.work(pk=12)",
              "library.work(pk=11): see_also of library.work(pk=12)");
      assertThat(DatabaseContent.of(library.database).rows()).isEqualTo(before);
    }
  }

  @Test
  void whatBelongsToAnObjectOfItsOwnModelShouldBeRestored() throws Exception {
    try (TestPortal library = library("library")) {
      library.database.execute(resource("rows.sql"));
      BackupSet set = library.set(library.dump());
      library.database.execute("UPDATE work SET shelf_id = NULL; DELETE FROM \"Shelf\"");

      Run load =
          library.load(restoring(set, RelatedObjects.OWNED, "library.shelf:" + 9007199254740993L));

      assertThat(load.errors()).isEmpty();
      assertThat(load.report(LoadReport.class).selection().objects())
          .extracting(Object::toString)
          .containsExactly(
              "library.shelf(pk=9007199254740993): requested",
              "library.shelf(pk=2): its below is library.shelf(pk=9007199254740993)",
              "library.shelf(pk=3): its below is library.shelf(pk=2)");
      assertThat(load.report(LoadReport.class).warnings())
          .contains(
              "library.work:11,12,13 no longer refer to restored objects (field shelf is null); they"
                  + " were not changed");
    }
  }

  private static LoadRequest restoring(BackupSet set, RelatedObjects with, String... objects) {
    return loadFrom(set.id()).objects(objects).with(with).build();
  }

  @Test
  void omittedFieldsShouldHaveTheDefaultsOfTheEntity() throws Exception {
    try (TestPortal library = library("library")) {
      library.withFixture(
          "library.json",
          """
          [{"model": "library.work", "pk": 1, "fields": {"title": "Maps"}},
           {"model": "library.author", "pk": 1, "fields": {}},
           {"model": "library.shelf", "pk": 1, "fields": {}}]
          """);

      assertThat(library.load().errors()).isEmpty();

      library.dump();
      var dumped = library.dumped("library.json");
      assertThat(dumped.values("copies")).containsExactly("1");
      assertThat(dumped.values("medium")).containsExactly("\"P\"");
      assertThat(dumped.values("fame")).containsExactly("\"UNKNOWN\"");
      assertThat(dumped.values("maxLoad")).containsExactly("12.5");
      assertThat(dumped.values("code")).containsExactly("null");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0b6c4c2e", "{0b6c4c2e-5f0e-4c39-9f6e-ffffffffffff}", "x", ""})
  void textThatIsNoUuidShouldBeRefused(String text) throws Exception {
    try (TestPortal library = library("library")) {
      assertThat(
              library.refused(
                  "[{\"model\": \"library.author\", \"pk\": 1, \"fields\": {\"identifier\": \"%s\"}}]"
                      .formatted(text)))
          .singleElement()
          .asString()
          .endsWith("identifier: not a UUID such as 0b6c4c2e-5f0e-4c39-9f6e-7d7f1f3f2a10");
    }
  }

  private TestPortal library(String name) throws IOException {
    TestDatabase database = TestDatabase.empty();
    database.execute(
        "CREATE SCHEMA fixtures; "
            + read("/db/fixtures/V1__runs.sql")
            + read("/db/fixtures/V4__kinds_of_runs.sql"));
    database.execute(resource("tables.sql"));
    return TestPortal.of(
        database,
        ModelRegistry.of(ENTITIES, Set.of()),
        Files.createDirectory(folder.resolve(name)));
  }

  private static String resource(String name) throws IOException {
    return read("/foreign/" + name);
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = ForeignDomainTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

package org.aerpaw.portal.backup.load;

import static org.aerpaw.portal.backup.Fixture.fixture;
import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.object;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.aerpaw.portal.backup.LoadRequestBuilder.load;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.Fixture.Item;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.load.source.SkippedCounts;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inserting loads, dry runs, and loads that ignore unknown models and fields. */
@ExtendWith(TestPortalExtension.class)
class LoadModesTest {

  private static final LoadRequest INSERT =
      LoadRequest.of(LoadRequest.FIXTURES, List.of(), LoadMode.INSERT);
  private static final LoadRequest DRY_RUN = load().dryRun().build();
  private static final LoadRequest IGNORING = load().ignoreNonexistent().build();

  private final TestPortal portal;

  LoadModesTest(TestPortal portal) {
    this.portal = portal;
  }

  /** L06 */
  @Test
  void insertShouldReportEveryExistingKey() throws Exception {
    portal.loaded(user(1), user(2), group(7, "seven"));
    portal
        .withFixture("a.json", user(3), user(2))
        .withFixture("b.json", group(7, "seven"), group(null, "more"));

    assertThat(portal.refused(INSERT))
        .containsExactly(
            "a.json:3:1: users.aerpawuser(pk=2): the key already exists in the database",
            "b.json:2:1: auth.group(pk=7): the key already exists in the database");
  }

  /** L06 */
  @Test
  void insertShouldCreateRowsWithNewKeys() throws Exception {
    portal.loaded(user(1));
    portal.withFixture("a.json", user(2), group(null, "more"));

    LoadReport report = done(INSERT);

    assertThat(report.created()).isEqualTo(2);
    assertThat(portal.select("SELECT id FROM users_aerpawuser ORDER BY 1"))
        .containsExactly("1", "2");
  }

  @Test
  void dryRunShouldReportWhatTheLoadWouldDoAndChangeNothing() throws Exception {
    portal.loaded(
        group(1, "a").with("permissions", List.of(1)), group(2, "b"), group(3, "same"), user(1));
    portal.withFixture(
        "a.json",
        group(1, "b").with("permissions", List.of(2, 3)),
        group(2, "a"),
        group(3, "same"),
        group(null, "c"),
        user(50).with("groups", List.of(1, 2)));
    DatabaseContent before = DatabaseContent.of(portal.database);

    LoadReport dry = done(DRY_RUN);

    assertThat(DatabaseContent.of(portal.database)).isEqualTo(before);
    assertThat(dry.dryRun()).isTrue();
    LoadReport actual = portal.load().report(LoadReport.class);
    assertThat(actual.dryRun()).isFalse();
    assertThat(dry.models()).isEqualTo(actual.models());
    assertThat(dry.created()).isEqualTo(2);
    assertThat(dry.updated()).isEqualTo(2);
  }

  @Test
  void dryRunShouldNotCountAsLoaded() throws Exception {
    portal.withFixture("a.json", group(1, "a"));

    done(DRY_RUN);
    var run =
        portal.loads.loadOnceAndWait(
            LoadRequest.of(LoadRequest.FIXTURES, List.of(), LoadMode.MERGE), "a test");

    assertThat(run.report(LoadReport.class).created()).isEqualTo(1);
  }

  @Test
  void dryRunShouldReportTheErrorsOfTheLoad() throws Exception {
    portal.withFixture("a.json", user(1).with("profile", 5));

    assertThat(portal.refused(DRY_RUN)).hasSize(1);
  }

  /** L33 */
  @Test
  void unknownModelsAndFieldsShouldBeCountedAndSkippedIfRequested() throws Exception {
    Item odd = user(1).with("shoe_size", List.of(1, 2)).with("first_name", "Ada");
    portal.withFixture(
        "a.json", odd, user(2).with("shoe_size", 44), object("shoes.Shoe", 1), user(3));
    portal.withFixture("b.json", object("shoes.shoe", "no key").with("size", 44), group(1, "a"));

    LoadReport report = done(IGNORING);

    assertThat(report.ignored())
        .isEqualTo(
            new SkippedCounts(Map.of("shoes.shoe", 2L), Map.of("users.aerpawuser.shoe_size", 2L)));
    assertThat(report.warnings())
        .containsExactly(
            "skipped unknown models and fields: 2 objects (shoes.shoe),"
                + " 2 values (users.aerpawuser.shoe_size)");
    assertThat(report.objects()).isEqualTo(4);
    assertThat(portal.select("SELECT first_name FROM users_aerpawuser WHERE id = 1"))
        .containsExactly("Ada");
  }

  /** L33 */
  @Test
  void namesOfSkippedFieldsShouldBeLimited() throws Exception {
    Item many = group(1, "a");
    for (int i = 0; i < 150; i++) {
      many = many.with("field%03d".formatted(i), i);
    }
    portal.withFixture("a.json", fixture(many));

    Map<String, Long> fields = done(IGNORING).ignored().fields();

    assertThat(fields).hasSize(101);
    assertThat(fields).containsEntry("others", 50L);
  }

  /** L33 */
  @Test
  void otherErrorsShouldBeReportedWhileUnknownNamesAreSkipped() throws Exception {
    portal.withFixture("a.json", object("shoes.shoe", 1), user(1).with("is_staff", 3).with("x", 1));

    assertThat(portal.refused(IGNORING))
        .singleElement()
        .asString()
        .contains("users.aerpawuser(pk=1): is_staff");
  }

  private LoadReport done(LoadRequest request) throws Exception {
    var run = portal.load(request);
    assertThat(run.errors()).isEmpty();
    assertThat(run.state()).isEqualTo(RunState.DONE);
    return run.report(LoadReport.class);
  }
}

package org.aerpaw.portal.backup.dump;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which models a request means: D20 to D22. */
@ExtendWith(TestPortalExtension.class)
class DumpSelectionTest {

  private static final List<String> NONE = List.of();

  /** D20 */
  @Test
  void namingNothingShouldMeanThePortalsTwelveApps() throws Exception {
    assertThat(select(NONE, NONE))
        .hasSize(12)
        .containsEntry("users", List.of("users.aerpawuser"))
        .doesNotContainKeys("auth", "contenttypes");
  }

  /** D20 */
  @Test
  void appShouldStandForAllItsModelsInTheirOrder() throws Exception {
    assertThat(select(List.of("projects"), NONE))
        .isEqualTo(Map.of("projects", List.of("projects.aerpawproject", "projects.userproject")));
  }

  /** D20 */
  @Test
  void appsThatAreLeftOutCanBeNamed() throws Exception {
    assertThat(select(List.of("contenttypes", "auth"), NONE))
        .isEqualTo(
            Map.of(
                "auth", List.of("auth.permission", "auth.group"),
                "contenttypes", List.of("contenttypes.contenttype")));
  }

  /** D20 */
  @Test
  void modelNamesShouldBeCaseInsensitive() throws Exception {
    assertThat(select(List.of("projects.UserProject"), NONE))
        .isEqualTo(Map.of("projects", List.of("projects.userproject")));
  }

  /** D20 */
  @Test
  void appAndItsOwnModelShouldStandForTheApp() throws Exception {
    var app = select(List.of("projects"), NONE);

    assertThat(select(List.of("projects", "projects.userproject"), NONE)).isEqualTo(app);
    assertThat(select(List.of("projects.userproject", "projects"), NONE)).isEqualTo(app);
  }

  /** D20 */
  @Test
  void duplicatesInARequestShouldCountOnce() throws Exception {
    assertThat(select(List.of("projects", "users", "projects"), NONE))
        .isEqualTo(select(List.of("users", "projects"), NONE));
  }

  /** D20 */
  @Test
  void theModelsOfAnAppShouldMakeItComplete() throws Exception {
    assertThat(
            selection(List.of("projects.userproject", "projects.aerpawproject"), NONE).complete())
        .isTrue();
    assertThat(selection(List.of("projects.userproject"), NONE).complete()).isFalse();
  }

  /** D21 */
  @Test
  void excludedAppsAndModelsShouldBeLeftOut() throws Exception {
    assertThat(select(List.of("projects", "users"), List.of("users", "projects.AerpawProject")))
        .isEqualTo(Map.of("projects", List.of("projects.userproject")));
    assertThat(select(NONE, List.of("experiments"))).hasSize(11).doesNotContainKey("experiments");
  }

  /** D21 */
  @Test
  void excludingWhatIsNotSelectedShouldChangeNothing() throws Exception {
    assertThat(select(List.of("users"), List.of("projects"))).containsOnlyKeys("users");
  }

  /** D21 */
  @Test
  void excludingAllThatIsSelectedShouldBeRefused() {
    assertThat(problems(List.of("users", "projects"), List.of("projects", "users.aerpawuser")))
        .containsExactly("exclude: excludes everything, so nothing is left to dump");
  }

  /** D22 */
  @Test
  void everyUnknownNameShouldBeNamedAtOnce() {
    assertThat(
            problems(
                List.of("users", "user", "Users", "projects.nothing", "users.", ".users", ""),
                List.of("nothing", "users.nothing")))
        .containsExactly(
            "apps: unknown app: user",
            "apps: unknown app: Users",
            "apps: unknown model: projects.nothing",
            "apps: unknown model: users.",
            "apps: unknown model: .users",
            "apps: unknown app: ",
            "exclude: unknown app: nothing",
            "exclude: unknown model: users.nothing");
  }

  /** D23 */
  @Test
  void keysShouldBeAcceptedWithOneModelOnly() {
    for (List<String> names :
        List.of(
            NONE,
            List.of("users"),
            List.of("users.aerpawuser", "projects.userproject"),
            List.of("users.aerpawuser", "users.aerpawuser"))) {
      assertThat(problems(withKeys(names)))
          .containsExactly("pks: allowed only if apps names exactly one model");
    }
    assertThat(problems(withKeys(List.of("users.nobody"))))
        .containsExactly("apps: unknown model: users.nobody");
  }

  /** D22 */
  @Test
  void invalidRequestShouldLeaveNoRunAndNoFile(TestPortal portal) throws Exception {
    catchThrowableOfType(InvalidRequestException.class, () -> portal.dump("users", "user"));

    assertThat(portal.runs.newest(1)).isEmpty();
    assertThat(portal.sets.folder()).doesNotExist();
  }

  private static Map<String, List<String>> select(List<String> apps, List<String> exclude)
      throws InvalidRequestException {
    var labels = new LinkedHashMap<String, List<String>>();
    selection(apps, exclude)
        .models()
        .forEach((app, models) -> labels.put(app, models.stream().map(Object::toString).toList()));
    return labels;
  }

  private static List<String> problems(List<String> apps, List<String> exclude) {
    return problems(dumpOf(apps).exclude(exclude).build());
  }

  private static List<String> problems(DumpRequest request) {
    return catchThrowableOfType(
            InvalidRequestException.class, () -> Selection.of(request, TestPortal.portalModels()))
        .errors()
        .stream()
        .map(FixtureError::toString)
        .toList();
  }

  private static DumpRequest withKeys(List<String> names) {
    return dumpOf(names).pks(1L, 2L).build();
  }

  private static Selection selection(List<String> apps, List<String> exclude)
      throws InvalidRequestException {
    return Selection.of(dumpOf(apps).exclude(exclude).build(), TestPortal.portalModels());
  }
}

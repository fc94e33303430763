package org.aerpaw.portal.backup.load;

import static java.util.Collections.shuffle;
import static org.aerpaw.portal.backup.Fixture.fieldTrip;
import static org.aerpaw.portal.backup.Fixture.profile;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores whole portals and compares all tables. */
class RestoreTest {

  @TempDir Path folder;

  /** L03 */
  @Test
  void allObjectsOfThirteenFixturesShouldBeLoadedIntoAnEmptyDatabase() throws Exception {
    try (TestPortal portal = TestPortal.migrated(folder).withDjangoSet()) {
      assertThat(portal.load().errors()).isEmpty();

      Map<String, List<String>> rows = DatabaseContent.of(portal.database).rows();
      Map<String, Long> objects =
          djangoObjects().stream()
              .map(object -> object.getString("model"))
              .collect(Collectors.groupingBy(label -> label, Collectors.counting()));
      objects.forEach(
          (label, count) ->
              assertThat(rows.get(portal.registry.find(label).orElseThrow().table()))
                  .as(label)
                  .hasSize(count.intValue()));
      assertThat(objects).containsKeys("error_handling.aerpawerror", "experiment_info.fieldtrip");
    }
  }

  /** L02 */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void orderOfObjectsAndTheirDistributionOverFilesShouldNotMatter(int seed) throws Exception {
    try (TestPortal inOrder = TestPortal.migrated(folder.resolve("in-order")).withDjangoSet();
        TestPortal shuffled = TestPortal.migrated(folder.resolve("shuffled"))) {
      var random = new Random(seed);
      List<JsonObject> objects = new ArrayList<>(djangoObjects());
      shuffle(objects, random);
      List<StringBuilder> files = new ArrayList<>();
      for (int i = 0; i < 1 + 10 * seed; i++) {
        files.add(new StringBuilder("["));
      }
      for (JsonObject object : objects) {
        StringBuilder file = files.get(random.nextInt(files.size()));
        file.append(file.length() == 1 ? "" : ",\n").append(object);
      }
      for (int i = 0; i < files.size(); i++) {
        shuffled.withFixture(i + ".json", files.get(i) + "]");
      }

      assertThat(inOrder.load().errors()).isEmpty();
      assertThat(shuffled.load().errors()).isEmpty();

      assertSame(shuffled, inOrder);
    }
  }

  @Test
  void everyRowShouldSurviveDumpAndLoad() throws Exception {
    try (TestPortal old = TestPortal.migrated(folder.resolve("old")).withDjangoSet();
        TestPortal fresh = TestPortal.migrated(folder.resolve("fresh"))) {
      assertThat(old.load().errors()).isEmpty();

      moveTo(fresh, old);

      assertSame(fresh, old);
    }
  }

  @Test
  void everyMicrosecondAndBitShouldSurviveDumpAndLoad() throws Exception {
    try (TestPortal old = TestPortal.migrated(folder.resolve("old"));
        TestPortal fresh = TestPortal.migrated(folder.resolve("fresh"))) {
      old.loaded(
          profile(1)
              .with("created", "0001-01-01T00:00:00.000001Z")
              .with("modified", "9999-12-31T23:59:59.999999Z"),
          profile(2).with("created", "1969-12-31T23:59:59.999999Z"),
          fieldTrip(1).with("person_hours", -0.0).with("start_time", "23:59:59.999999"),
          fieldTrip(2).with("person_hours", Double.MIN_VALUE).with("end_time", "00:00:00.000001"),
          fieldTrip(3).with("person_hours", "NaN").with("experiment_date", "0001-01-01"),
          fieldTrip(4).with("person_hours", 0.1 + 0.2));

      moveTo(fresh, old);

      assertSame(fresh, old);
      String bits = "SELECT float8send(person_hours) FROM experiment_info_fieldtrip ORDER BY id";
      assertThat(fresh.select(bits)).isEqualTo(old.select(bits)).contains("\\x8000000000000000");
    }
  }

  private static void moveTo(TestPortal fresh, TestPortal old) throws Exception {
    var style = new FileLayout(2, TimestampPrecision.EXACT);
    String[] apps = old.registry.apps().toArray(String[]::new);
    assertThat(old.dump(style, apps).errors()).isEmpty();
    for (String app : apps) {
      fresh.withFixture(old.sets.folder().resolve(app + ".json"));
    }
    assertThat(fresh.load().errors()).isEmpty();
  }

  private static void assertSame(TestPortal portal, TestPortal other) throws Exception {
    assertThat(DatabaseContent.of(portal.database).asFixturesShowIt())
        .isEqualTo(DatabaseContent.of(other.database).asFixturesShowIt());
  }

  private static List<JsonObject> djangoObjects() throws Exception {
    List<JsonObject> objects = new ArrayList<>();
    for (Path file : TestPortal.djangoSet()) {
      try (var reader = Json.createReader(Files.newInputStream(file))) {
        reader.readArray().stream().map(JsonValue::asJsonObject).forEach(objects::add);
      }
    }
    return objects;
  }
}

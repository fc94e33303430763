package org.aerpaw.portal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are written here, loaded by Django. */
class ThereAndBackTest {

  @TempDir Path folder;
  private TwoWorlds worlds;

  @BeforeEach
  void fill() throws Exception {
    worlds = TwoWorlds.migrated(folder);
    for (Path file : DjangoSetTest.files(DjangoSetTest.SET)) {
      worlds.here.withFixture(file);
    }
    TestPortal here = worlds.here;
    assertThat(here.load().errors()).isEmpty();
    // What the set does not have: the ends of every type, and text that needs care.
    String table = "experiment_info_fieldtrip";
    here.insert(table, "id", -1, "created", "0001-01-01Z", "modified", "9999-12-31T23:59:59.999Z");
    here.insert(table, "id", 0, "LAMs", -32768, "SAMs", 32767, "person_hours", "5e-324");
    here.insert(table, "id", 2147483647, "person_hours", "1.7976931348623157e308");
    here.insert(table, "id", 1000, "person_hours", "0.1", "experiment_date", "0001-01-01");
    here.insert(table, "id", 1001, "person_hours", "1e16", "experiment_date", "9999-12-31");
    here.insert(table, "id", 1002, "start_time", "00:00", "end_time", "23:59:59.999");
    here.insert(
        table,
        "id",
        1003,
        "comments",
        "",
        "site",
        " \"\\/\b\f\n\r\t\u0001\u001f\u007f\u2028\uffff");
    here.insert(table, "id", 1004, "comments", "\ud83d\ude00".repeat(500), "site", "</script>");
  }

  @AfterEach
  void drop() {
    worlds.close();
  }

  // L50
  @Test
  void millisecondsFormShouldBeDumpedByDjangoInTheSameBytes() throws Exception {
    List<Path> files = Dumps.files(worlds.here, Dumps.DJANGO);

    Django.loaddata(worlds.there.database, files);

    worlds.assertSame();
    for (Path file : files) {
      String app = file.getFileName().toString().replace(".json", "");
      assertThat(Dumps.there(worlds.there, app)).isEqualTo(Files.readString(file));
    }
  }

  // L50, D10
  @Test
  void exactTimestampsShouldKeepMicrosecondsInDjango() throws Exception {
    worlds.here.insert(
        "profiles_aerpawuserprofile", "created", "2022-01-01T00:00:00.000345Z", "id", 5000);
    worlds.here.insert("experiment_info_fieldtrip", "start_time", "10:42:37.123456", "id", 5000);

    Django.loaddata(worlds.there.database, Dumps.files(worlds.here, FileLayout.DEFAULT));

    worlds.assertSame();
    assertThat(
            worlds.there.select("SELECT start_time FROM experiment_info_fieldtrip WHERE id = 5000"))
        .containsExactly("10:42:37.123456");
  }
}

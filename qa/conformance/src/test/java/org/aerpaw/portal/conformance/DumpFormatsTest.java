package org.aerpaw.portal.conformance;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.fixture.file.FileFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The set that Django wrote, and a group and a user with permissions, in the forms that are written
 * on request.
 */
class DumpFormatsTest {

  static final List<String> APPS = Dumps.ALL;

  @TempDir static Path folder;
  private static TestPortal portal;

  @BeforeAll
  static void fill() throws Exception {
    portal = TestPortal.migrated(folder);
    for (Path file : DjangoSetTest.files(DjangoSetTest.SET)) {
      portal.withFixture(file);
    }
    portal.withFixture(
        "permissions.json",
        Sample.fixture(
            Sample.object("auth.group", 9, "\"name\": \"testers\"", "\"permissions\": [3, 50, 7]"),
            Sample.user(99, "zoe", "\"groups\": [9, 1]", "\"user_permissions\": [12, 80, 2]")));
    assertThat(portal.load().errors()).isEmpty();
  }

  @AfterAll
  static void drop() {
    portal.close();
  }

  // D08
  @ParameterizedTest
  @FieldSource("APPS")
  void jsonLinesShouldBeTheSameBytes(String app) throws Exception {
    var request = dumpOf(app).layout(Dumps.DJANGO).format(FileFormat.JSONL).build();

    assertThat(Dumps.set(portal, request).resolve(app + ".jsonl"))
        .content()
        .isEqualTo(Django.dumpdata(portal.database, List.of(app, "--format", "jsonl")));
  }

  // D08
  @Test
  void jsonLinesOfAnEmptyAppShouldBeAnEmptyFile() throws Exception {
    try (TestPortal empty = TestPortal.migrated(folder.resolve("empty"))) {
      var request = dumpOf("users").layout(Dumps.DJANGO).format(FileFormat.JSONL).build();

      assertThat(Dumps.set(empty, request).resolve("users.jsonl")).isEmptyFile();
      assertThat(Django.dumpdata(empty.database, List.of("users", "--format", "jsonl"))).isEmpty();
    }
  }

  // D34
  @ParameterizedTest
  @FieldSource("APPS")
  void naturalReferencesShouldBeTheSameBytes(String app) throws Exception {
    assertThat(here(app, true, false)).isEqualTo(there(app, "--natural-foreign"));
  }

  // D34
  @ParameterizedTest
  @FieldSource("APPS")
  void naturalKeysInsteadOfKeysShouldBeTheSameBytes(String app) throws Exception {
    assertThat(here(app, false, true)).isEqualTo(there(app, "--natural-primary"));
    assertThat(here(app, true, true))
        .isEqualTo(there(app, "--natural-foreign", "--natural-primary"));
  }

  private static String here(String app, boolean naturalForeign, boolean naturalPrimary)
      throws Exception {
    var request =
        dumpOf(app).layout(Dumps.DJANGO).naturalKeys(naturalForeign, naturalPrimary).build();
    return Files.readString(Dumps.set(portal, request).resolve(app + ".json"));
  }

  private static String there(String app, String... words) {
    List<String> all = new ArrayList<>(List.of(app, "--indent", "2"));
    all.addAll(List.of(words));
    return Django.dumpdata(portal.database, all);
  }
}

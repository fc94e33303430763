package org.aerpaw.portal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.run.RunState;

/**
 * Two databases that were the same: what the one gets is loaded here, what the other gets is loaded
 * by Django.
 */
final class TwoWorlds implements AutoCloseable {

  final TestPortal here;
  final TestPortal there;
  private int files;

  private TwoWorlds(TestPortal here, TestPortal there) {
    this.here = here;
    this.there = there;
  }

  static TwoWorlds migrated(Path folder) throws IOException {
    return new TwoWorlds(
        TestPortal.migrated(folder.resolve("here")), TestPortal.migrated(folder.resolve("there")));
  }

  /** Adds a file to what the next load loads. */
  TwoWorlds given(String... objects) throws IOException {
    here.withFixture("given%02d.json".formatted(++files), Sample.fixture(objects));
    return this;
  }

  TwoWorlds given(Path file) throws IOException {
    here.withFixture(file);
    return this;
  }

  /** Both have to load what was given, and to be the same then. */
  TwoWorlds loadBoth() throws Exception {
    loadEach();
    assertSame();
    return this;
  }

  /** Both have to load what was given. */
  TwoWorlds loadEach() throws Exception {
    Django.loaddata(there.database, files());
    assertLoadsHere();
    forgetFiles();
    return this;
  }

  /** Both have to refuse what was given, and to change nothing. */
  Refusals refuseBoth() throws Exception {
    var before = rows(there);
    var refusals = new Refusals(refuseHere(), refuseThere());
    assertSameRows(rows(here), before);
    assertSameRows(rows(there), before);
    forgetFiles();
    return refusals;
  }

  /** Only Django loads what was given; returns why it is refused here. */
  String loadThereOnly() throws Exception {
    Django.loaddata(there.database, files());
    String why = refuseHere();
    forgetFiles();
    return why;
  }

  /** Only here is loaded what was given; returns why Django refuses it. */
  String loadHereOnly() throws Exception {
    String why = refuseThere();
    assertLoadsHere();
    forgetFiles();
    return why;
  }

  void assertSame() throws Exception {
    assertSameRows(rows(here), rows(there));
    assertThat(Dumps.here(here, Dumps.ALL, List.of())).isEqualTo(Dumps.there(there, Dumps.ALL));
  }

  /** Shows no more than what differs. */
  private static void assertSameRows(
      Map<String, List<String>> actual, Map<String, List<String>> expected) {
    for (String table : expected.keySet()) {
      assertThat(actual.get(table)).as(table).isEqualTo(expected.get(table));
    }
    assertThat(actual).hasSameSizeAs(expected);
  }

  private void assertLoadsHere() throws Exception {
    var run = here.load();
    assertThat(run.errors()).isEmpty();
    assertThat(run.state()).isEqualTo(RunState.DONE);
  }

  private String refuseHere() throws Exception {
    var run = here.load();
    assertThat(run.state()).as("refused here: %s", given()).isEqualTo(RunState.FAILED);
    return String.join("\n", run.errors().stream().map(FixtureError::toString).toList());
  }

  private String refuseThere() throws IOException {
    List<Path> given = files();
    var refused =
        catchThrowableOfType(DjangoException.class, () -> Django.loaddata(there.database, given));
    assertThat(refused).as("refused by Django: %s", given()).isNotNull();
    return refused.getMessage();
  }

  private String given() throws IOException {
    var texts = new StringBuilder();
    for (Path file : files()) {
      texts.append(Files.readString(file));
    }
    return texts.toString();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> given = Files.list(here.fixtures)) {
      return given.sorted().toList();
    }
  }

  private void forgetFiles() throws IOException {
    for (Path file : files()) {
      Files.delete(file);
    }
  }

  private static Map<String, List<String>> rows(TestPortal portal) throws Exception {
    return DatabaseContent.of(portal.database).asFixturesShowIt();
  }

  @Override
  public void close() {
    here.close();
    there.close();
  }

  /** Why each of them refused. */
  record Refusals(String here, String there) {}
}

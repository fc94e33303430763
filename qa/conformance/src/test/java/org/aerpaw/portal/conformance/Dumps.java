package org.aerpaw.portal.conformance;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.dump.DumpReport;
import org.aerpaw.portal.backup.dump.DumpRequest;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.run.Run;

/** A database dumped here and by Django. */
final class Dumps {

  /** Everything there is, Django's own apps included. */
  static final List<String> ALL =
      List.of(
          "auth",
          "contenttypes",
          "users",
          "profiles",
          "resources",
          "projects",
          "error_handling",
          "experiment_files",
          "experiment_info",
          "experiments",
          "operations",
          "credentials",
          "user_messages",
          "user_requests");

  /** Those that are dumped if nothing is said. */
  static final List<String> PORTAL = ALL.subList(2, ALL.size());

  static final FileLayout DJANGO = django(2);

  private Dumps() {}

  /** With the milliseconds that Django writes. */
  static FileLayout django(Integer indent) {
    return new FileLayout(indent, TimestampPrecision.MILLISECONDS);
  }

  /** The file of an app. */
  static String here(TestPortal portal, String app) throws Exception {
    return here(portal, DJANGO, app);
  }

  static String here(TestPortal portal, FileLayout style, String app) throws Exception {
    return Files.readString(set(portal, dumpOf(app).layout(style).build()).resolve(app + ".json"));
  }

  /** As one file, which is how Django dumps several apps at once. */
  static String here(TestPortal portal, List<String> names, List<String> exclude) throws Exception {
    List<String> apps = names.stream().map(name -> name.split("\\.")[0]).distinct().toList();
    return joined(set(portal, dumpOf(names).exclude(exclude).layout(DJANGO).build()), apps);
  }

  /** The files of a set as one; those that it does not have are passed over. */
  static String joined(Path set, List<String> apps) throws Exception {
    var objects = new ArrayList<String>();
    for (String app : apps) {
      Path file = set.resolve(app + ".json");
      if (Files.exists(file)) {
        String text = Files.readString(file);
        assertThat(text).startsWith("[\n").endsWith("\n]\n");
        objects.add(text.substring("[".length(), text.length() - "\n]\n".length()));
      }
    }
    objects.removeIf(String::isEmpty);
    return "[" + String.join(",", objects) + "\n]\n";
  }

  /** The folder of a new set. */
  static Path set(TestPortal portal, DumpRequest request) throws Exception {
    Run run = portal.dumps.dumpAndWait(request, "a test");
    assertThat(run.errors()).isEmpty();
    return portal.sets.folder().resolve(run.report(DumpReport.class).set());
  }

  /** Everything there is, as Django writes it. */
  static DumpRequest all() {
    return dumpOf(ALL).layout(DJANGO).build();
  }

  /** The files of a new set of all there is. */
  static List<Path> files(TestPortal portal, FileLayout style) throws Exception {
    Path set = set(portal, dumpOf(ALL).layout(style).build());
    return ALL.stream().map(app -> set.resolve(app + ".json")).toList();
  }

  static String there(TestPortal portal, String... words) {
    return there(portal, List.of(words));
  }

  static String there(TestPortal portal, List<String> words) {
    var indented = Stream.concat(words.stream(), Stream.of("--indent", "2"));
    return Django.dumpdata(portal.database, indented.toList());
  }

  static void assertSame(TestPortal portal, String app) throws Exception {
    assertThat(here(portal, app)).isEqualTo(there(portal, app));
  }
}

package org.aerpaw.portal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.fixtures.Portal;
import org.aerpaw.portal.fixtures.dump.DumpRequest;
import org.aerpaw.portal.fixtures.format.FixtureStyle;
import org.aerpaw.portal.fixtures.format.TimestampForm;
import org.aerpaw.portal.fixtures.run.InvalidRequestException;
import org.aerpaw.portal.fixtures.run.Run;

/** One database dumped by Django and here. */
final class Dumps {

  /** Django's own form, as the portal's operators ask for it. */
  static final FixtureStyle DJANGO = new FixtureStyle(2, TimestampForm.MILLISECONDS);

  /** Everything, in an order in which no app refers to a later one. */
  static final List<String> APPS =
      List.of(
          "contenttypes",
          "auth",
          "profiles",
          "users",
          "resources",
          "operations",
          "projects",
          "experiment_files",
          "experiments",
          "error_handling",
          "experiment_info",
          "credentials",
          "user_messages",
          "user_requests");

  private Dumps() {}

  /** The app's file in Django's form. */
  static String here(Portal portal, String app) throws Exception {
    return here(portal, DJANGO, app);
  }

  static String here(Portal portal, FixtureStyle style, String app) throws Exception {
    return text(run(portal, new DumpRequest(List.of(app), List.of(), style)), portal, app);
  }

  /** The files of some apps and models, one after the other, in the order of {@code apps}, as Django has them in one file. */
  static String joined(Portal portal, DumpRequest request, String... apps) throws Exception {
    Run run = run(portal, request);
    var objects = new ArrayList<String>();
    for (String app : apps) {
      String text = text(run, portal, app);
      assertThat(text).startsWith("[").endsWith("\n]\n");
      String inside = text.substring(1, text.length() - "\n]\n".length());
      if (!inside.isEmpty()) {
        objects.add(inside);
      }
    }
    return "[" + String.join(",", objects) + "\n]\n";
  }

  static String there(Portal portal, String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--indent", "2"));
    return Django.dumpdata(portal.database, all.toArray(String[]::new));
  }

  static void assertSame(Portal portal, String app) throws Exception {
    assertThat(here(portal, app)).as(app).isEqualTo(there(portal, app));
  }

  /** Dumps all of it here, at once, and in Django, app by app. */
  static void assertAllSame(Portal portal) throws Exception {
    Run run = run(portal, new DumpRequest(APPS, List.of(), DJANGO));
    for (String app : APPS) {
      assertThat(text(run, portal, app)).as(app).isEqualTo(there(portal, app));
    }
  }

  static Run run(Portal portal, DumpRequest request) throws InvalidRequestException, SQLException {
    Run run = portal.dumps.dumpNow(request, "a test");
    assertThat(run.errors()).isEmpty();
    return run;
  }

  /** A file of the set that a dump made. */
  private static String text(Run dump, Portal portal, String app) throws IOException {
    String set = dump.report().getString("set");
    return Files.readString(portal.sets.folder().resolve(set).resolve(app + ".json"));
  }
}

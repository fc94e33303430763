package org.aerpaw.portal.launcher.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** {@code loaddata.sh}. */
public final class LoadCommand {

  private static final String USAGE =
      """
      usage: loaddata.sh [FIXTURE]... [--from fixtures|dumpdata|SET]
                         [--mode merge|insert|replace] [--dry-run] [--ignore-nonexistent]
                         [--ignore-manifest]

        Loads the named fixture files, without any name all of them, in one transaction: all or
        nothing. A name may do without its extensions: users for users.json.gz.

        --from FOLDER         fixtures (those of the portal, the default), dumpdata (the newest
                              dump) or the name of a set in ./dumpdata
        --mode merge          rows are made or updated; rows that no fixture names stay (default)
        --mode insert         rows are made; a key that is there already is an error
        --mode replace        merge, and rows of the loaded models that no fixture names go; all
                              there is is dumped before, and the name of that set is told
        --dry-run             tells what the load would do and keeps nothing of it
        --ignore-nonexistent  passes over models and fields that the portal does not know
        --ignore-manifest     loads files that are not what the manifest beside them says

      The portal is the one that runs here, or the one PORTAL_URL and PORTAL_ADMIN_TOKEN name.
      Status: 0 all done, 1 refused or failed, 2 words that are off, 3 no portal answers.
      """;

  private static final Set<String> OPTIONS = Set.of("--from", "--mode");
  private static final Set<String> FLAGS =
      Set.of("--dry-run", "--ignore-nonexistent", "--ignore-manifest");
  private static final List<String> MODES = List.of("merge", "insert", "replace");

  private LoadCommand() {}

  public static void main(String[] words) {
    Command.exit(LoadCommand::run, words);
  }

  private static void run(String[] text, PrintStream out) throws CommandFailedException {
    Words words = Words.parse(text, OPTIONS, FLAGS);
    if (words.help()) {
      out.print(USAGE);
      return;
    }
    JsonObject request =
        Json.createObjectBuilder()
            .add("from", words.last("--from").orElse("fixtures"))
            .add("fixtures", Json.createArrayBuilder(words.names()))
            .add("mode", words.choice("--mode", MODES))
            .add("dryRun", words.has("--dry-run"))
            .add("ignoreNonexistent", words.has("--ignore-nonexistent"))
            .add("ignoreManifest", words.has("--ignore-manifest"))
            .build();
    JsonObject run = PortalClient.ofEnvironment().run("api/loads", request, look -> {});
    tell(run.getJsonObject("report"), out);
  }

  static void tell(JsonObject report, PrintStream out) {
    for (JsonObject file : report.getJsonArray("files").getValuesAs(JsonObject.class)) {
      out.println(
          "loaddata "
              + file.getString("name")
              + ": "
              + Plural.of(file.getJsonNumber("objects").longValue(), "object"));
    }
    report
        .getJsonArray("warnings")
        .getValuesAs(JsonString.class)
        .forEach(note -> out.println(note.getString()));
    if (report.containsKey("safetyBackup")) {
      String set = report.getString("safetyBackup");
      out.println(
          "what was there before is set "
              + set
              + "; --from "
              + set
              + " --mode replace restores it");
    }
    out.println(
        (report.getBoolean("dryRun") ? "dry run, nothing was kept: " : "")
            + Plural.of(report.getJsonNumber("objects").longValue(), "object")
            + ": "
            + report.getJsonNumber("created")
            + " created, "
            + report.getJsonNumber("updated")
            + " updated, "
            + report.getJsonNumber("unchanged")
            + " unchanged, "
            + report.getJsonNumber("deleted")
            + " deleted, "
            + report.getJsonNumber("seconds")
            + " seconds");
  }
}

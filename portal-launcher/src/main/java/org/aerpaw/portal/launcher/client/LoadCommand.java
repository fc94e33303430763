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
      usage: loaddata.sh [FIXTURE]... [--from fixtures|dumpdata|SET] [--mode merge]

        Loads the named fixture files, without any name all of them, in one transaction: all or
        nothing.

        --from FOLDER   fixtures (those of the portal, the default), dumpdata (the newest dump)
                        or the name of a set in ./dumpdata
        --mode merge    rows are made or updated; rows that no fixture names stay

      The portal is the one that runs here, or the one PORTAL_URL and PORTAL_ADMIN_TOKEN name.
      Status: 0 all done, 1 refused or failed, 2 words that are off, 3 no portal answers.
      """;

  private static final Set<String> OPTIONS = Set.of("--from", "--mode");

  private LoadCommand() {}

  public static void main(String[] words) {
    Command.exit(LoadCommand::run, words);
  }

  private static void run(String[] text, PrintStream out) throws CommandFailedException {
    Words words = Words.parse(text, OPTIONS, Set.of());
    if (words.help()) {
      out.print(USAGE);
      return;
    }
    JsonObject request =
        Json.createObjectBuilder()
            .add("from", words.last("--from").orElse("fixtures"))
            .add("fixtures", Json.createArrayBuilder(words.names()))
            .add("mode", words.choice("--mode", List.of("merge")))
            .build();
    JsonObject run = PortalClient.ofEnvironment().run("api/loads", request, look -> {});
    JsonObject report = run.getJsonObject("report");
    for (JsonObject file : report.getJsonArray("files").getValuesAs(JsonObject.class)) {
      out.println(
          "loaddata "
              + file.getString("name")
              + ": "
              + Count.of(file.getJsonNumber("objects").longValue(), "object"));
    }
    report
        .getJsonArray("notes")
        .getValuesAs(JsonString.class)
        .forEach(note -> out.println(note.getString()));
    out.println(
        Count.of(report.getJsonNumber("objects").longValue(), "object")
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

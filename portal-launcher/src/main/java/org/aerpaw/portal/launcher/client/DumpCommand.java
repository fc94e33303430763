package org.aerpaw.portal.launcher.client;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** {@code dumpdata.sh}. */
public final class DumpCommand {

  private static final String USAGE =
      """
      usage: dumpdata.sh [APP|APP.MODEL]... [--exclude NAME]... [--pks N,N...]
                         [--indent N|none] [--timestamps exact|milliseconds]
                         [--format json|jsonl] [--compress none|gz] [--natural-foreign]
                         [--natural-primary]

        Dumps the named apps and models, without any name all of the portal's apps, to a new set
        of fixture files in ./dumpdata. A set of whole apps becomes the newest, with the files of
        the other apps taken over from the one before; a set of single models or objects is only
        kept.

        --exclude NAME      leave out an app or a model; may be repeated
        --pks N,N...        only the objects with these keys, of one model
        --indent N|none     blanks a level, 0 to 16, else 2; none puts a file on one line
        --timestamps FORM   exact (nothing is lost, the default) or milliseconds (as Django
                            writes them)
        --format FORMAT     json (the default) or jsonl, an object a line
        --compress gz       packs the files
        --natural-foreign   writes references as natural keys where there are any
        --natural-primary   leaves out the keys of objects that have a natural key

      The portal is the one that runs here, or the one PORTAL_URL and PORTAL_ADMIN_TOKEN name.
      Status: 0 all done, 1 refused or failed, 2 words that are off, 3 no portal answers.
      """;

  private static final String PKS = "--pks";
  private static final Set<String> OPTIONS =
      Set.of("--exclude", PKS, "--indent", "--timestamps", "--format", "--compress");
  private static final Set<String> FLAGS = Set.of("--natural-foreign", "--natural-primary");
  private static final String USUAL_INDENT = "2";
  private static final String ONE_LINE = "none";

  private DumpCommand() {}

  public static void main(String[] words) {
    Command.exit(DumpCommand::run, words);
  }

  private static void run(String[] text, PrintStream out) throws CommandFailedException {
    Words words = Words.parse(text, OPTIONS, FLAGS);
    if (words.help()) {
      out.print(USAGE);
      return;
    }
    JsonObject request = request(words);
    PortalClient portal = PortalClient.ofEnvironment();
    DumpPlan plan = DumpPlan.of(portal.get("api/apps"), words.names(), words.all("--exclude"));
    if (words.last(PKS).isPresent()) {
      plan = plan.only(String.join(" ", words.names()), request.getJsonArray("pks").size());
    }
    JsonObject run;
    try (var display =
        new DumpDisplay(
            out,
            Boolean.getBoolean("portal.terminal"),
            plan,
            options(words),
            folder(),
            extension(request))) {
      run = portal.run("api/dumps", request, display::show);
      display.finish();
    }
    JsonObject report = run.getJsonObject("report");
    report
        .getJsonArray("warnings")
        .getValuesAs(JsonString.class)
        .forEach(note -> out.println(note.getString()));
    out.println(
        Plural.of(report.getJsonNumber("objects").longValue(), "object")
            + ", "
            + Plural.of(plan.apps().size(), "file")
            + ", set "
            + report.getString("set")
            + ", "
            + report.getJsonNumber("seconds")
            + " seconds");
  }

  static JsonObject request(Words words) throws CommandFailedException {
    var request =
        Json.createObjectBuilder()
            .add("apps", Json.createArrayBuilder(words.names()))
            .add("exclude", Json.createArrayBuilder(words.all("--exclude")))
            .add("pks", pks(words))
            .add("timestamps", words.choice("--timestamps", List.of("exact", "milliseconds")))
            .add("format", words.choice("--format", List.of("json", "jsonl")))
            .add("compress", words.choice("--compress", List.of("none", "gz")))
            .add("naturalForeign", words.has("--natural-foreign"))
            .add("naturalPrimary", words.has("--natural-primary"));
    String indent = words.last("--indent").orElse(USUAL_INDENT);
    if (indent.equals(ONE_LINE)) {
      request.addNull("indent");
    } else if (indent.matches("\\d|1[0-6]")) {
      request.add("indent", Integer.parseInt(indent));
    } else {
      throw new CommandFailedException(
          ExitStatus.WORDS_OFF,
          "--indent is a whole number from 0 to 16 or none, not '" + indent + "'");
    }
    return request.build();
  }

  /** Separated by commas, with blanks around them or not, as Django takes them. */
  private static JsonArrayBuilder pks(Words words) throws CommandFailedException {
    var pks = Json.createArrayBuilder();
    if (words.last(PKS).isPresent()) {
      for (String text : words.last(PKS).get().split(",", -1)) {
        if (!text.strip().matches("-?\\d{1,18}")) {
          throw new CommandFailedException(
              ExitStatus.WORDS_OFF,
              PKS + " is whole numbers separated by commas, not '" + words.last(PKS).get() + "'");
        }
        pks.add(Long.parseLong(text.strip()));
      }
    }
    return pks;
  }

  /**
   * As they were given; the indent, which the portal's operators always write, also where it was
   * not.
   */
  private static String options(Words words) {
    var options = new StringBuilder();
    options.append(" --indent ").append(words.last("--indent").orElse(USUAL_INDENT));
    for (String name : List.of(PKS, "--timestamps", "--format", "--compress")) {
      words
          .last(name)
          .ifPresent(value -> options.append(' ').append(name).append(' ').append(value));
    }
    for (String name : List.of("--natural-foreign", "--natural-primary")) {
      options.append(words.has(name) ? " " + name : "");
    }
    return options.toString();
  }

  private static String extension(JsonObject request) {
    return "."
        + request.getString("format")
        + (request.getString("compress").equals("gz") ? ".gz" : "");
  }

  private static String folder() {
    String folder = System.getenv().getOrDefault("PORTAL_DUMPDATA_DIR", "");
    return folder.isBlank() ? "./dumpdata" : folder;
  }
}

package org.aerpaw.portal.cli.command.sets;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.aerpaw.portal.cli.api.SetEntry;
import org.aerpaw.portal.cli.api.SetList;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.command.Command;
import org.aerpaw.portal.cli.command.Specs;
import org.aerpaw.portal.cli.display.CommandContext;
import org.aerpaw.portal.cli.display.Format;
import org.aerpaw.portal.cli.display.Table;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal sets}: lists the backup sets or shows one. */
public final class SetsCommand implements Command {

  private static final String JSON = "--json";

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "sets",
            "./portal sets\n./portal sets latest",
            "List the backup sets, or show one in full.",
            "",
            Specs.exitStatus("0 done, 1 refused or failed"))
        .addPositional(
            Specs.optionalName("SET", "The backup set to show; latest is the newest complete one."))
        .addOption(Specs.flag(JSON, "Print the server's response as JSON."));
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    String set = arguments.matchedPositionalValue(0, "");
    String path = set.isEmpty() ? "api/sets" : "api/sets/" + PortalClient.segment(set);
    PortalClient portal = context.portal();
    if (Specs.has(arguments, JSON)) {
      context.out().println(portal.get(path));
    } else if (set.isEmpty()) {
      print(portal.get(path, SetList.class), context.out());
    } else {
      print(portal.get(path, SetEntry.class), context.out());
    }
  }

  private static void print(SetList list, PrintStream out) {
    if (list.sets().isEmpty()) {
      out.println("There are no backup sets. ./portal dump makes one.");
    } else {
      printTable(list, out);
    }
    list.unreadable()
        .forEach((name, reason) -> out.println("The set " + name + " cannot be used: " + reason));
    if (list.latest() != null
        && list.sets().stream().noneMatch(set -> set.id().equals(list.latest()))) {
      out.println("The newest complete set, " + list.latest() + ", is missing.");
    }
  }

  private static void printTable(SetList list, PrintStream out) {
    Instant now = Instant.now();
    var table = new Table("SET", "AGE", "SIZE", "OBJECTS", "VERIFIED", "COPIES", "RETENTION");
    for (SetEntry set : list.sets()) {
      table.add(
          set.id(),
          age(snapshot(set), now),
          Format.bytes(set.bytes()),
          objects(set),
          verified(set, now),
          copies(set),
          kept(set));
    }
    table.print(out);
  }

  private static String objects(SetEntry set) {
    if (set.isEncrypted()) {
      return "encrypted";
    }
    return set.isForeign() ? "unknown" : Long.toString(set.objects());
  }

  private static String verified(SetEntry set, Instant now) {
    return set.verified() == null
        ? notVerified(set)
        : age(Instant.parse(set.verified()), now) + " ago";
  }

  private static String notVerified(SetEntry set) {
    if (set.isForeign()) {
      return "foreign";
    }
    return set.verification() == null ? "never" : "FAILED";
  }

  private static String copies(SetEntry set) {
    if (set.copies().isEmpty()) {
      return "none";
    }
    return set.copies().stream()
        .map(copy -> copy.error() == null ? copy.state() : copy.state() + ", failed")
        .collect(Collectors.joining("; "));
  }

  private static void print(SetEntry set, PrintStream out) {
    out.println("set       " + set.id() + " (" + kind(set) + ")");
    out.println("snapshot  " + snapshot(set));
    SetEntry.Standby standby = set.manifest().standby();
    if (standby != null) {
      String lag = standby.lagSeconds() == null ? "an unknown time" : standby.lagSeconds() + " s";
      out.println("standby   " + standby.server() + ", " + lag + " behind");
    }
    out.println("size      " + Format.bytes(set.bytes()));
    if (set.isEncrypted()) {
      out.println("encrypted for " + String.join(", ", set.manifest().encryption().recipients()));
    } else {
      out.println("objects   " + objects(set));
    }
    out.println("verified  " + (set.verified() == null ? notVerified(set) : set.verified()));
    out.println(
        "kept by   "
            + (set.kept().isEmpty()
                ? "no rule: the next dump or replacing load deletes this set"
                : String.join(", ", set.kept())));
    for (SetEntry.Copy copy : set.copies()) {
      out.println(
          "copy      " + copy.state() + (copy.error() == null ? "" : ", failed: " + copy.error()));
    }
    if (set.pinned() != null) {
      out.println("pinned    by " + set.pinned().by() + " at " + set.pinned().pinnedAt());
    }
    new TreeMap<>(set.damages())
        .forEach((file, damage) -> out.println("damaged   " + file + ": " + damage));
    for (SetEntry.ExternalReference reference : set.manifest().externalReferences()) {
      out.println(
          Format.count(reference.references(), "reference")
              + " from "
              + reference.field()
              + " to "
              + reference.to()
              + ", which is not in this set");
    }
    out.println();
    var table = new Table("FILE", "MODEL", "OBJECTS", "SIZE", "SNAPSHOT");
    for (Map.Entry<String, SetEntry.SetFile> entry :
        new TreeMap<>(set.manifest().files()).entrySet()) {
      SetEntry.SetFile file = entry.getValue();
      table.add(
          entry.getKey(),
          "",
          set.isEncrypted() || set.isForeign() ? "" : Long.toString(file.objects()),
          Format.bytes(file.bytes()),
          file.snapshot());
      new TreeMap<>(file.models())
          .forEach((model, objects) -> table.add("", model, objects.toString(), "", ""));
    }
    table.print(out);
  }

  private static String kind(SetEntry set) {
    SetEntry.Mask mask = set.manifest().mask();
    String content = set.manifest().complete() ? "complete" : "partial";
    return (set.isForeign() ? "foreign" : content)
        + (mask == null ? "" : ", masked by the profile " + mask.profile());
  }

  private static String kept(SetEntry set) {
    List<String> kept = new ArrayList<>();
    if (set.manifest().mask() != null) {
      kept.add("masked (" + set.manifest().mask().profile() + ")");
    }
    if (!set.damages().isEmpty()) {
      kept.add("damaged (" + String.join(", ", new TreeSet<>(set.damages().keySet())) + ")");
    }
    kept.addAll(
        set.kept().isEmpty() ? List.of("deleted by the next dump or replacing load") : set.kept());
    return String.join(", ", kept);
  }

  /** The time of the newest file; files that were carried forward are older. */
  private static Instant snapshot(SetEntry set) {
    Instant newest = Instant.EPOCH;
    for (SetEntry.SetFile file : set.manifest().files().values()) {
      Instant snapshot = Instant.parse(file.snapshot());
      newest = snapshot.isAfter(newest) ? snapshot : newest;
    }
    return newest;
  }

  private static String age(Instant then, Instant now) {
    return Format.age(Duration.between(then, now));
  }
}

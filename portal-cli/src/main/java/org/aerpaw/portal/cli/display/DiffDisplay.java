package org.aerpaw.portal.cli.display;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import org.aerpaw.portal.cli.api.DiffReport;

/** Prints the report of a diff. */
public final class DiffDisplay {

  private final DiffReport report;
  private final PrintStream out;

  public DiffDisplay(DiffReport report, PrintStream out) {
    this.report = report;
    this.out = out;
  }

  /** Prints the numbers of each model, what was not compared, and the objects that differ. */
  public void print(boolean withFields) {
    var table = new Table("MODEL", "ADDED", "REMOVED", "CHANGED", "EQUAL");
    for (DiffReport.ComparedModel model : report.models()) {
      table.add(
          model.model(),
          Long.toString(model.added()),
          Long.toString(model.removed()),
          Long.toString(model.changed()),
          Long.toString(model.equal()));
    }
    table.print(out);
    printMissing(report.to(), report.onlyInFrom());
    printMissing(report.from(), report.onlyInTo());
    report.warnings().forEach(out::println);
    for (DiffReport.DifferentObject object : report.differences()) {
      print(object, withFields);
    }
    long more = report.different() - report.differences().size();
    if (more > 0) {
      out.println("and " + more + " more");
    }
    out.println(
        "%s and %s: %s %s, %d equal, %s"
            .formatted(
                report.from(),
                report.to(),
                Format.count(report.different(), "object"),
                report.different() == 1 ? "differs" : "differ",
                report.equal(),
                Format.seconds(report.seconds())));
  }

  private void printMissing(String side, List<String> models) {
    if (!models.isEmpty()) {
      out.println(
          "not compared, because %s does not contain them: %s"
              .formatted(
                  side.equals("database") ? "the database" : side, String.join(", ", models)));
    }
  }

  private void print(DiffReport.DifferentObject object, boolean withFields) {
    String line = object.change() + " " + object.model() + "(pk=" + object.pk() + ")";
    if (!withFields || object.fields().isEmpty()) {
      out.println(line);
    } else if (object.fields().stream().allMatch(field -> field.values() == null)) {
      out.println(
          line
              + ": "
              + object.fields().stream()
                  .map(DiffReport.ChangedField::name)
                  .collect(Collectors.joining(", ")));
    } else {
      out.println(line + ":");
      object.fields().forEach(field -> out.println("  " + field.name() + ": " + values(field)));
    }
  }

  private static String values(DiffReport.ChangedField field) {
    return field.values() == null
        ? "(secret)"
        : quoted(field.values().from()) + " -> " + quoted(field.values().to());
  }

  /** As in JSON, since a value can contain line ends and control characters of terminals. */
  private static String quoted(String value) {
    try {
      return value == null ? "null" : JSON.std.asString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

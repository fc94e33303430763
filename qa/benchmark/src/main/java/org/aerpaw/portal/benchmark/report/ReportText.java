package org.aerpaw.portal.benchmark.report;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.aerpaw.portal.benchmark.measurement.PeakMemory;
import org.aerpaw.portal.benchmark.measurement.Samples;
import org.aerpaw.portal.benchmark.measurement.Series;
import org.aerpaw.portal.benchmark.text.Formats;
import org.aerpaw.portal.benchmark.text.Table;

/** The report as text, in tables that a terminal and Markdown show alike. */
public final class ReportText {

  private final Report report;

  public ReportText(Report report) {
    this.report = report;
  }

  /** The tables of the report that have rows. */
  public String text() {
    var text = new StringBuilder();
    if (!report.figures().isEmpty()) {
      text.append(figures(report.figures()));
    }
    if (!report.growths().isEmpty()) {
      text.append('\n').append(growths(report.growths()));
    }
    if (!report.overheads().isEmpty()) {
      text.append('\n').append(overheads(report.overheads()));
    }
    String memory = memory();
    if (!memory.isEmpty()) {
      text.append('\n').append(memory);
    }
    return text.toString();
  }

  private static String figures(List<Result> figures) {
    var table =
        new Table(
            "what",
            "objects",
            "time",
            "time of the run",
            "compared with",
            "its time",
            "ratio",
            "target",
            "result");
    for (Result figure : figures) {
      table.add(
          figure.name(),
          Formats.count(figure.objects()),
          times(figure.ours()),
          figure.reported().map(Formats::seconds).orElse(""),
          figure.peer(),
          times(figure.theirs()),
          ratio(figure),
          figure.required() ? figure.target().text() : "",
          figure.required() ? verdict(figure.isMissed()) : "");
    }
    return table.text();
  }

  private static String ratio(Result figure) {
    return Formats.factor(figure.ratio()) + (figure.target().faster() ? " times as fast" : "");
  }

  private static String verdict(boolean missed) {
    return missed ? "missed" : "met";
  }

  private static String times(Samples samples) {
    return Formats.seconds(samples.median())
        + " ("
        + Formats.number(samples.min())
        + "–"
        + Formats.number(samples.max())
        + ")";
  }

  private static String overheads(List<CommandOverhead> overheads) {
    var table = new Table(Series.COMMAND.text(), "time", "target", "result");
    for (CommandOverhead overhead : overheads) {
      table.add(
          Formats.count(overhead.objects()) + " objects",
          times(overhead.seconds()),
          "at most " + Formats.seconds(CommandOverhead.MOST),
          verdict(overhead.isMissed()));
    }
    return table.text();
  }

  private static String growths(List<ScalingRatio> growths) {
    var table = new Table("time per object", "from", "to", "ratio", "target", "result");
    for (ScalingRatio growth : growths) {
      table.add(
          growth.name(),
          perObject(growth.less(), growth.from()),
          perObject(growth.more(), growth.to()),
          Formats.factor(growth.factor()),
          "at most " + Formats.factor(ScalingRatio.MOST),
          verdict(growth.isMissed()));
    }
    return table.text();
  }

  private static String perObject(double seconds, int objects) {
    return Formats.count(objects) + ": " + Formats.number(seconds * 1e6 / objects) + " µs";
  }

  private String memory() {
    Map<Integer, PeakMemory> dumps = report.measurements().memory(Series.DUMP);
    Map<Integer, PeakMemory> loads = report.measurements().memory(Series.LOAD);
    Set<Integer> sizes = new TreeSet<>(dumps.keySet());
    sizes.addAll(loads.keySet());
    if (sizes.isEmpty()) {
      return "";
    }
    var table = new Table("peak memory of the server", "dumps", "loads");
    for (int objects : sizes) {
      table.add(
          Formats.count(objects) + " objects", peak(dumps.get(objects)), peak(loads.get(objects)));
    }
    return table.text();
  }

  private static String peak(PeakMemory peak) {
    if (peak == null) {
      return "";
    }
    return Formats.megabytes(peak.heap())
        + " heap after collection"
        + peak.process().map(bytes -> ", " + Formats.megabytes(bytes) + " process").orElse("");
  }
}

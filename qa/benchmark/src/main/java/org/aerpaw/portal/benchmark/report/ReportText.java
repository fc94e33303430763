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
    if (!report.results().isEmpty()) {
      text.append(results(report.results()));
    }
    if (!report.scalingRatios().isEmpty()) {
      text.append('\n').append(scalingRatios(report.scalingRatios()));
    }
    if (!report.commandOverheads().isEmpty()) {
      text.append('\n').append(commandOverheads(report.commandOverheads()));
    }
    String memory = memory();
    if (!memory.isEmpty()) {
      text.append('\n').append(memory);
    }
    return text.toString();
  }

  private static String results(List<Result> results) {
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
    for (Result result : results) {
      table.add(
          result.name(),
          Formats.count(result.objects()),
          times(result.ours()),
          result.reported().map(Formats::seconds).orElse(""),
          result.peer(),
          times(result.theirs()),
          ratio(result),
          result.required() ? result.target().text() : "",
          result.required() ? verdict(result.missesTarget()) : "");
    }
    return table.text();
  }

  private static String ratio(Result result) {
    return Formats.factor(result.ratio()) + (result.target().isSpeedup() ? " times as fast" : "");
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

  private static String commandOverheads(List<CommandOverhead> commandOverheads) {
    var table = new Table(Series.COMMAND.text(), "time", "target", "result");
    for (CommandOverhead overhead : commandOverheads) {
      table.add(
          Formats.count(overhead.objects()) + " objects",
          times(overhead.seconds()),
          "at most " + Formats.seconds(CommandOverhead.MAX_SECONDS),
          verdict(overhead.missesTarget()));
    }
    return table.text();
  }

  private static String scalingRatios(List<ScalingRatio> scalingRatios) {
    var table = new Table("time per object", "from", "to", "ratio", "target", "result");
    for (ScalingRatio ratio : scalingRatios) {
      table.add(
          ratio.name(),
          perObject(ratio.secondsForFewer(), ratio.fewerObjects()),
          perObject(ratio.secondsForMore(), ratio.moreObjects()),
          Formats.factor(ratio.factor()),
          "at most " + Formats.factor(ScalingRatio.MAX_FACTOR),
          verdict(ratio.missesTarget()));
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

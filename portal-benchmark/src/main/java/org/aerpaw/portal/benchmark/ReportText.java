package org.aerpaw.portal.benchmark;

import java.util.List;

/** The report as text. */
final class ReportText {

  private ReportText() {}

  static String figures(List<Figure> figures) {
    var table =
        new Table("", "objects", "takes", "by itself", "peer", "takes", "ratio", "target", "");
    for (Figure figure : figures) {
      table.add(
          figure.name(),
          Text.count(figure.objects()),
          times(figure.ours()),
          figure.told().map(Text::seconds).orElse(""),
          figure.peer(),
          times(figure.theirs()),
          Text.factor(figure.ratio()),
          figure.required() ? figure.target().text() : "",
          !figure.required() ? "" : figure.isMissed() ? "missed" : "reached");
    }
    return table.text();
  }

  private static String times(Samples samples) {
    return Text.seconds(samples.median())
        + " ("
        + Text.number(samples.min())
        + "–"
        + Text.number(samples.max())
        + ")";
  }
}

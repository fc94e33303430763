package org.aerpaw.portal.benchmark.docs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.aerpaw.portal.benchmark.text.Formats;

/**
 * Panels of time over size, side by side and with logarithmic axes, as SVG. Readable on light and
 * on dark pages; the names of the lines are at their ends.
 *
 * <p>All panels have the same axes, so that heights can be compared across.
 */
final class Plot {

  private static final int PANEL_WIDTH = 460;
  private static final int LEFT = 62;
  private static final int RIGHT = 130;
  private static final int TOP = 46;
  private static final int BOTTOM = 46;
  private static final int HEIGHT = 340;
  private static final int LABEL_HEIGHT = 16;

  private static final String STYLE =
      """
      <style>
        svg { font: 12px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif }
        .paper { fill: #ffffff } text { fill: #57606a } .title { fill: #1f2328; font-size: 14px; font-weight: 600 }
        .grid { stroke: #d8dee4; stroke-width: 1 }
        path { fill: none; stroke-width: 2; stroke-linejoin: round }
        path.portal { stroke: #0969da; stroke-width: 3 } circle.portal, text.portal { fill: #0969da }
        text.portal { font-weight: 600 }
        path.again { stroke: #0969da; stroke-dasharray: 5 4 } circle.again, text.again { fill: #0969da }
        path.postgres { stroke: #6e7781 } circle.postgres, text.postgres { fill: #6e7781 }
        path.full { stroke: #6e7781; stroke-dasharray: 5 4 } circle.full, text.full { fill: #6e7781 }
        path.django { stroke: #bc4c00 } circle.django, text.django { fill: #bc4c00 }
        @media (prefers-color-scheme: dark) {
          .paper { fill: #0d1117 } text { fill: #9198a1 } .title { fill: #f0f6fc } .grid { stroke: #2a313c }
          path.portal, path.again { stroke: #58a6ff }
          circle.portal, text.portal, circle.again, text.again { fill: #58a6ff }
          path.postgres, path.full { stroke: #9198a1 }
          circle.postgres, text.postgres, circle.full, text.full { fill: #9198a1 }
          path.django { stroke: #f0883e } circle.django, text.django { fill: #f0883e }
        }
      </style>
      """;

  /** A panel: what is measured in it, and the lines that have points. */
  record Panel(String title, List<Line> lines) {

    Panel {
      lines = lines.stream().filter(line -> !line.seconds().isEmpty()).toList();
    }
  }

  private final List<Panel> panels;
  private final List<Integer> sizes;
  private final double leastSize;
  private final double mostSize;
  private final double leastTime;
  private final double mostTime;
  private final StringBuilder svg = new StringBuilder();

  private Plot(List<Panel> panels) {
    this.panels = panels;
    sizes = lines().flatMap(line -> line.seconds().keySet().stream()).distinct().sorted().toList();
    // Half as wide again, so that no dot lies on an axis.
    leastSize = Math.log10(sizes.get(0) / 1.5);
    mostSize = Math.log10(sizes.get(sizes.size() - 1) * 1.5);
    leastTime = Math.floor(Math.log10(times().min().orElseThrow()));
    mostTime = Math.max(leastTime + 1, Math.ceil(Math.log10(times().max().orElseThrow())));
  }

  /**
   * @param panels of which at least one has a point
   */
  static String svg(List<Panel> panels) {
    return new Plot(panels).draw();
  }

  private Stream<Line> lines() {
    return panels.stream().flatMap(panel -> panel.lines().stream());
  }

  private DoubleStream times() {
    return lines().flatMap(line -> line.seconds().values().stream()).mapToDouble(time -> time);
  }

  private String draw() {
    int width = panels.size() * PANEL_WIDTH;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n",
        width, HEIGHT, width, HEIGHT);
    add("<title>%s</title>\n", String.join(", ", panels.stream().map(Panel::title).toList()));
    svg.append(STYLE);
    add("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", width, HEIGHT);
    for (int number = 0; number < panels.size(); number++) {
      add("<g transform=\"translate(%d 0)\">\n", number * PANEL_WIDTH);
      draw(panels.get(number));
      add("</g>\n");
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(Panel panel) {
    add("<text class=\"title\" x=\"%d\" y=\"26\">%s</text>\n", LEFT, panel.title());
    for (int power = (int) leastTime; power <= mostTime; power++) {
      double y = y(Math.pow(10, power));
      add(
          "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>\n",
          LEFT, y, PANEL_WIDTH - RIGHT, y);
      add(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
          LEFT - 8, y + 4, seconds(power));
    }
    for (int size : sizes) {
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
          x(size), HEIGHT - BOTTOM + 18, Formats.count(size));
    }
    add(
        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">objects</text>\n",
        (LEFT + PANEL_WIDTH - RIGHT) / 2.0, HEIGHT - BOTTOM + 36);
    panel.lines().forEach(this::draw);
    label(panel.lines());
  }

  private void draw(Line line) {
    if (line.seconds().size() > 1) {
      var path = new StringBuilder();
      line.seconds()
          .forEach(
              (size, seconds) ->
                  path.append(
                      String.format(
                          Locale.ROOT,
                          "%s%.1f %.1f",
                          path.isEmpty() ? "M" : " L",
                          x(size),
                          y(seconds))));
      add("<path class=\"%s\" d=\"%s\"/>\n", line.style(), path);
    }
    line.seconds()
        .forEach(
            (size, seconds) ->
                add(
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>\n",
                    line.style(), x(size), y(seconds)));
  }

  /** Names stand right of the lines' last dots; those that would overlap are moved apart. */
  private void label(List<Line> lines) {
    List<Line> fromTop =
        lines.stream().sorted(Comparator.comparingDouble((Line line) -> y(last(line)))).toList();
    List<Double> places = new ArrayList<>();
    for (Line line : fromTop) {
      double place = y(last(line));
      for (int other = 0; other < places.size(); other++) {
        boolean beside = fromTop.get(other).seconds().lastKey().equals(line.seconds().lastKey());
        if (beside) {
          place = Math.max(place, places.get(other) + LABEL_HEIGHT);
        }
      }
      places.add(place);
      add(
          "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s %s</text>\n",
          line.style(),
          x(line.seconds().lastKey()) + 9,
          place + 4,
          line.label(),
          Formats.seconds(last(line)));
    }
  }

  private static double last(Line line) {
    return line.seconds().get(line.seconds().lastKey());
  }

  private static String seconds(int power) {
    return power < 0
        ? String.format(Locale.ROOT, "%." + -power + "f s", Math.pow(10, power))
        : Formats.count(Math.round(Math.pow(10, power))) + " s";
  }

  private double x(int size) {
    double share = (Math.log10(size) - leastSize) / (mostSize - leastSize);
    return LEFT + share * (PANEL_WIDTH - RIGHT - LEFT);
  }

  private double y(double seconds) {
    double share = (Math.log10(seconds) - leastTime) / (mostTime - leastTime);
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}

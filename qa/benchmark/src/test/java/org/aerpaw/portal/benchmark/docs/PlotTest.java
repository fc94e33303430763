package org.aerpaw.portal.benchmark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class PlotTest {

  private static final SortedMap<Integer, Double> LINEAR =
      new TreeMap<>(Map.of(1000, 1.0, 10_000, 10.0, 100_000, 100.0));

  @Test
  void linearGrowthShouldBeAStraightLine() throws Exception {
    Document plot = plot(new Line("portal", "portal", LINEAR));

    double[] x = numbers(plot, "circle", "cx");
    double[] y = numbers(plot, "circle", "cy");
    assertThat(x[1] - x[0]).isCloseTo(x[2] - x[1], within());
    assertThat(y[1] - y[0]).isCloseTo(y[2] - y[1], within()).isNegative();
    assertThat(plot.getElementsByTagName("path").getLength()).isOne();
  }

  @Test
  void singleTimeShouldBeADot() throws Exception {
    Document plot = plot(new Line("Django", "django", new TreeMap<>(Map.of(25_000, 60.0))));

    assertThat(plot.getElementsByTagName("circle").getLength()).isOne();
    assertThat(plot.getElementsByTagName("path").getLength()).isZero();
  }

  @Test
  void labelsOfEqualTimesShouldNotOverlap() throws Exception {
    Document plot =
        plot(new Line("portal", "portal", LINEAR), new Line("psql", "postgres", LINEAR));

    assertThat(Math.abs(labelHeight(plot, "portal") - labelHeight(plot, "postgres")))
        .isGreaterThan(14);
  }

  private static double labelHeight(Document plot, String style) {
    var texts = plot.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      var text = (Element) texts.item(i);
      if (text.getAttribute("class").equals(style)) {
        return Double.parseDouble(text.getAttribute("y"));
      }
    }
    throw new AssertionError("no label " + style);
  }

  private static Offset<Double> within() {
    return Offset.offset(0.2);
  }

  private static double[] numbers(Document plot, String element, String attribute) {
    var elements = plot.getElementsByTagName(element);
    var numbers = new double[elements.getLength()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Double.parseDouble(((Element) elements.item(i)).getAttribute(attribute));
    }
    return numbers;
  }

  private static Document plot(Line... lines) throws Exception {
    String svg = Plot.svg(List.of(new Plot.Panel("Dump", List.of(lines))));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}

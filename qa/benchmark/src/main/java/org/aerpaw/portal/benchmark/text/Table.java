package org.aerpaw.portal.benchmark.text;

import java.util.ArrayList;
import java.util.List;

/** Rows of text with a header, in columns as wide as necessary. */
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... head) {
    rows.add(List.of(head));
  }

  public void add(String... row) {
    if (row.length != rows.get(0).size()) {
      throw new IllegalArgumentException("a row has as many cells as the head");
    }
    rows.add(List.of(row));
  }

  /** For a terminal, or for a reader of Markdown, which is the same. */
  public String text() {
    var text = new StringBuilder();
    line(text, rows.get(0));
    line(text, rows.get(0).stream().map(cell -> "").toList(), '-');
    for (List<String> row : rows.subList(1, rows.size())) {
      line(text, row);
    }
    return text.toString();
  }

  private void line(StringBuilder text, List<String> row) {
    line(text, row, ' ');
  }

  private void line(StringBuilder text, List<String> row, char filling) {
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      text.append('|').append(filling).append(cell);
      text.append(String.valueOf(filling).repeat(width(column) - cell.length() + 1));
    }
    text.append("|\n");
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
  }
}

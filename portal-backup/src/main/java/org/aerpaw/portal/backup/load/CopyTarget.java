package org.aerpaw.portal.backup.load;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.model.Column;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.CopyRowEncoder;
import org.aerpaw.portal.backup.postgres.CopyWriter;

/** The table of a model without a row, and those of its lists: objects go straight into them. */
final class CopyTarget implements DirectTable {

  private static final int ENOUGH_ROWS = 1 << 16;

  /** More, as copying pairs ends the COPY of the rows. */
  private static final int ENOUGH_PAIRS = 1 << 20;

  private final Model model;
  private final CopyWriter copies;
  private final String into;
  private final CopyRowEncoder rows = new CopyRowEncoder();
  private final List<CopyRowEncoder> pairs;
  private long created;

  CopyTarget(Model model, CopyWriter copies) {
    this.model = model;
    this.copies = copies;
    this.into = into(model.sql(), Stream.concat(Stream.of(model.key()), columns(model)));
    this.pairs = model.lists().stream().map(list -> new CopyRowEncoder()).toList();
  }

  @Override
  public void enter() {}

  @Override
  public void add(long origin, ConvertedObject object) throws SQLException {
    rows.startRow(1 + model.fields().size());
    rows.put(model.key().type(), object.key());
    for (int i = 0; i < model.fields().size(); i++) {
      rows.put(model.fields().get(i).column().type(), object.values().get(i));
    }
    if (rows.size() >= ENOUGH_ROWS) {
      copies.write(into, rows);
    }
    for (int i = 0; i < model.lists().size(); i++) {
      if (object.lists().get(i) != null) {
        addPairs(i, object.key(), object.lists().get(i));
      }
    }
    created++;
  }

  @Override
  public void leave() throws SQLException {
    copies.write(into, rows);
    for (int i = 0; i < pairs.size(); i++) {
      copyPairs(i);
    }
  }

  @Override
  public void finish() {}

  @Override
  public void breakOff() {}

  @Override
  public Counts counts() {
    return new Counts(created, 0, 0, 0);
  }

  private void addPairs(int number, Object key, List<Object> targets) throws SQLException {
    ListField list = model.lists().get(number);
    CopyRowEncoder buffer = pairs.get(number);
    for (Object target : targets) {
      buffer.startRow(2);
      buffer.put(list.source().type(), key);
      buffer.put(list.target().type(), target);
    }
    if (buffer.size() >= ENOUGH_PAIRS) {
      copyPairs(number);
    }
  }

  private void copyPairs(int number) throws SQLException {
    ListField list = model.lists().get(number);
    copies.write(into(list.sql(), Stream.of(list.source(), list.target())), pairs.get(number));
  }

  private static Stream<Column> columns(Model model) {
    return model.fields().stream().map(field -> field.column());
  }

  private static String into(String table, Stream<Column> columns) {
    return columns.map(Column::sql).collect(joining(", ", table + " (", ")"));
  }
}

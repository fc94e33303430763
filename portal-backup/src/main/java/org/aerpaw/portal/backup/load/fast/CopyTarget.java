package org.aerpaw.portal.backup.load.fast;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.model.Column;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.CopyRowEncoder;
import org.aerpaw.portal.backup.postgres.CopyWriter;
import org.aerpaw.portal.backup.rows.ConvertedObject;

/** Copies objects straight into the empty table of a model and the tables of its lists. */
final class CopyTarget implements TableTarget {

  private static final int ROWS_BYTES = 1 << 16;

  /** Larger, since copying pairs ends the COPY of the rows. */
  private static final int PAIRS_BYTES = 1 << 20;

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
  public String add(long origin, ConvertedObject object) throws SQLException {
    rows.startRow(1 + model.fields().size());
    rows.put(model.key().type(), object.key());
    for (int i = 0; i < model.fields().size(); i++) {
      rows.put(model.fields().get(i).column().type(), object.values().get(i));
    }
    if (rows.size() >= ROWS_BYTES) {
      copies.write(into, rows);
    }
    for (int i = 0; i < model.lists().size(); i++) {
      if (object.lists().get(i) != null) {
        addPairs(i, object.key(), object.lists().get(i));
      }
    }
    created++;
    return null;
  }

  @Override
  public void leave() throws SQLException {
    copies.write(into, rows);
    for (int i = 0; i < pairs.size(); i++) {
      copyPairs(i);
    }
  }

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
    if (buffer.size() >= PAIRS_BYTES) {
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

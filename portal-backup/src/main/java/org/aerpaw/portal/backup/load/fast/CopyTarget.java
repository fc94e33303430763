package org.aerpaw.portal.backup.load.fast;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.load.tables.Indexes;
import org.aerpaw.portal.backup.model.Column;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;
import org.aerpaw.portal.backup.postgres.copy.CopyWriter;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;

/** Copies objects directly into the empty table of a model and the join tables of its lists. */
final class CopyTarget implements TableTarget {

  private static final int ROW_BUFFER_BYTES = 1 << 16;

  /**
   * Larger than other buffers, since writing to a join table ends the COPY into the model's table.
   */
  private static final int JOIN_BUFFER_BYTES = 1 << 20;

  private final Model model;
  private final CopyWriter copies;
  private final Indexes indexes;
  private final String into;
  private final CopyRowEncoder rows = new CopyRowEncoder();
  private final List<CopyRowEncoder> joinRows;
  private long created;

  CopyTarget(Model model, CopyWriter copies, Indexes indexes) {
    this.model = model;
    this.copies = copies;
    this.indexes = indexes;
    this.into = into(model.sql(), Stream.concat(Stream.of(model.key()), columns(model)));
    this.joinRows = model.lists().stream().map(list -> new CopyRowEncoder()).toList();
  }

  @Override
  public String add(long origin, ConvertedObject object) throws SQLException {
    rows.startRow(1 + model.fields().size());
    rows.put(model.key().type(), object.key());
    for (int i = 0; i < model.fields().size(); i++) {
      rows.put(model.fields().get(i).column().type(), object.values().get(i));
    }
    if (rows.size() >= ROW_BUFFER_BYTES) {
      copies.write(into, rows);
    }
    for (int i = 0; i < model.lists().size(); i++) {
      if (object.lists().get(i) != null) {
        addJoinRows(i, object.key(), object.lists().get(i));
      }
    }
    created++;
    return null;
  }

  @Override
  public void end() throws SQLException {
    copies.write(into, rows);
    for (int i = 0; i < joinRows.size(); i++) {
      copyJoinRows(i);
    }
    // Now, while the next objects are parsed; if more objects of the model follow, adding them to
    // the indexes is only slower.
    indexes.recreate(model, copies);
  }

  @Override
  public Counts counts() {
    return new Counts(created, 0, 0, 0);
  }

  private void addJoinRows(int list, Object key, List<Object> targets) throws SQLException {
    ListField field = model.lists().get(list);
    CopyRowEncoder buffer = joinRows.get(list);
    for (Object target : targets) {
      buffer.startRow(2);
      buffer.put(field.source().type(), key);
      buffer.put(field.target().type(), target);
    }
    if (buffer.size() >= JOIN_BUFFER_BYTES) {
      copyJoinRows(list);
    }
  }

  private void copyJoinRows(int list) throws SQLException {
    ListField field = model.lists().get(list);
    copies.write(into(field.sql(), Stream.of(field.source(), field.target())), joinRows.get(list));
  }

  private static Stream<Column> columns(Model model) {
    return model.fields().stream().map(field -> field.column());
  }

  private static String into(String table, Stream<Column> columns) {
    return columns.map(Column::sql).collect(joining(", ", table + " (", ")"));
  }
}

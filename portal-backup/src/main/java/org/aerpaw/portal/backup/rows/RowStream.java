package org.aerpaw.portal.backup.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.Joins;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.SortKey;
import org.aerpaw.portal.backup.model.column.IntegerColumn;
import org.aerpaw.portal.backup.postgres.copy.CopyReader;
import org.aerpaw.portal.backup.postgres.copy.CopyRow;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;

/**
 * Streams the rows of a model, sorted by key: the columns of the key, of each field, and of each
 * list an array of keys. The parts of a natural key follow the key, for lists as arrays too. A list
 * without items is null.
 *
 * <p>The table and its lists are read by several statements, so the transaction must see no changes
 * of others meanwhile.
 */
final class RowStream implements AutoCloseable {

  private final Connection connection;
  private final Model model;
  private final KeyFilter chosen;
  private final NaturalKeyOptions keys;
  private final List<ListItems> lists = new ArrayList<>();

  private CopyReader rows;

  /** The rows up to this key are those of {@link #rows} and of the statements before it. */
  private long upTo = Long.MIN_VALUE;

  /** The current row of a model with lists. */
  private final CopyRowEncoder complete = new CopyRowEncoder();

  private final CopyRow completeRow = new CopyRow();

  /**
   * @param ordering how the keys of a list are sorted before they are by themselves
   */
  RowStream(
      Connection connection,
      Model model,
      KeyFilter chosen,
      NaturalKeyOptions keys,
      Function<ListField, List<SortKey>> ordering)
      throws SQLException {
    this(connection, model, chosen, keys, ordering, ListItems.Limits.DEFAULT);
  }

  RowStream(
      Connection connection,
      Model model,
      KeyFilter chosen,
      NaturalKeyOptions keys,
      Function<ListField, List<SortKey>> ordering,
      ListItems.Limits limits)
      throws SQLException {
    this.connection = connection;
    this.model = model;
    this.chosen = chosen;
    this.keys = keys;
    for (ListField list : model.lists()) {
      lists.add(
          new ListItems(
              connection,
              model,
              list,
              chosen,
              keys.parts(list.model()),
              ordering.apply(list),
              limits));
    }
    readOn();
  }

  /**
   * Moves to the next row; false after the last one. All columns of the previous row must have been
   * read or skipped.
   */
  boolean next() throws SQLException {
    while (!rows.next()) {
      if (upTo == Long.MAX_VALUE) {
        return false;
      }
      readOn();
    }
    if (!lists.isEmpty()) {
      addLists();
    }
    return true;
  }

  CopyRow row() {
    return lists.isEmpty() ? rows.row() : completeRow;
  }

  /** Reads the rows of which all list items can be kept in memory. */
  private void readOn() throws SQLException {
    long after = upTo;
    upTo = Long.MAX_VALUE;
    for (ListItems list : lists) {
      upTo = Math.min(upTo, list.readBeyond(after, connection));
    }
    rows = new CopyReader(connection, query(after));
  }

  private void addLists() {
    var columns = rows.row().columns();
    int from = columns.position();
    columns.getInt(); // length of the key
    long key = ((IntegerColumn) model.key().type()).number(columns);
    complete.clear();
    complete.putEncoded(columns.array(), from, columns.limit());
    rows.row().skipRest();
    for (ListItems list : lists) {
      list.appendTo(complete, key);
    }
    completeRow.set(complete);
  }

  private String query(long after) {
    List<String> columns = new ArrayList<>();
    var references = new Joins("t");
    String key = "t." + model.key().sql();
    columns.add(key);
    for (Field field : model.fields()) {
      columns.add("t." + field.column().sql());
      for (ColumnPath part : keys.parts(field.target())) {
        columns.add(references.column(behind(field, part)));
      }
    }
    return "SELECT %s FROM %s t%s%s ORDER BY %s"
        .formatted(
            String.join(", ", columns),
            model.sql(),
            references.sql(),
            chosen.condition(key, model, after, upTo),
            key);
  }

  private static ColumnPath behind(Field reference, ColumnPath path) {
    return new ColumnPath(
        Stream.concat(Stream.of(reference), path.references().stream()).toList(), path.column());
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}

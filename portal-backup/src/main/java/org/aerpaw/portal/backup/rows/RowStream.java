package org.aerpaw.portal.backup.rows;

import java.nio.ByteBuffer;
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

/**
 * Streams the rows of a model, sorted by key: the columns of the key and of each field (the parts
 * of a natural key follow their reference), and separately the items of each list.
 *
 * <p>The table and its lists are read by several statements, so the transaction must not see
 * changes that others make in the meantime.
 */
final class RowStream implements AutoCloseable {

  /**
   * How much is read at once.
   *
   * @param rows the maximum number of rows of a statement
   * @param items how many items of a list are kept in memory, unless one owner has more
   * @param targets the maximum number of objects that a {@link TargetOrder} keeps in memory
   */
  record Limits(int rows, int items, int targets) {

    static final int NO_LIMIT = -1;

    /** A few megabytes for each list, and up to 15 for an order. */
    static final Limits DEFAULT = new Limits(NO_LIMIT, 20_000, 200_000);

    Limits withRows(int number) {
      return new Limits(number, items, targets);
    }
  }

  private final Connection connection;
  private final Model model;
  private final KeyFilter chosen;
  private final NaturalKeyOptions keys;
  private final Limits limits;
  private final List<ListItems> lists = new ArrayList<>();

  /** The current statement; null before the first one and between two. */
  private CopyReader rows;

  /** The number of rows that the statement has returned. */
  private int returned;

  /** The statement returns no rows beyond this key. */
  private long upTo;

  /** The key of the current row, or the key up to which all rows were read. */
  private long key = Long.MIN_VALUE;

  /**
   * @param ordering the sort terms of each list that precede the key itself
   */
  RowStream(
      Connection connection,
      Model model,
      KeyFilter chosen,
      NaturalKeyOptions keys,
      Function<ListField, List<SortKey>> ordering,
      TargetOrders orders,
      Limits limits)
      throws SQLException {
    this.connection = connection;
    this.model = model;
    this.chosen = chosen;
    this.keys = keys;
    this.limits = limits;
    for (ListField list : model.lists()) {
      lists.add(
          new ListItems(
              connection,
              model,
              list,
              chosen,
              keys.parts(list.model()),
              ordering.apply(list),
              orders,
              limits));
    }
  }

  /** Moves to the next row; false after the last one. */
  boolean next() throws SQLException {
    if (rows == null) {
      readOn();
    } else {
      rows.row().skipRest();
    }
    while (!rows.next()) {
      boolean isLimited = returned == limits.rows();
      if (!isLimited) {
        key = upTo;
      }
      if (key == Long.MAX_VALUE) {
        return false;
      }
      readOn();
    }
    returned++;
    ByteBuffer columns = rows.row().columns();
    int start = columns.position();
    columns.getInt(); // length of the key
    key = ((IntegerColumn) model.key().type()).number(columns);
    columns.position(start);
    for (ListItems list : lists) {
      list.moveTo(key);
    }
    return true;
  }

  /** The key and the fields of the current row. */
  CopyRow row() {
    return rows.row();
  }

  /** The lists of the model, each with the items of the current row. */
  List<ListItems> lists() {
    return lists;
  }

  /**
   * Ends the statement that reads the rows, so that the connection can be used for others.
   *
   * @param after the key after which the next row is read
   */
  void pause(long after) throws SQLException {
    close();
    key = after;
  }

  /** Reads the next rows of which all list items can be kept in memory. */
  private void readOn() throws SQLException {
    upTo = Long.MAX_VALUE;
    for (ListItems list : lists) {
      upTo = Math.min(upTo, list.readBeyond(key, connection));
    }
    rows = new CopyReader(connection, query());
    returned = 0;
  }

  private String query() {
    List<String> columns = new ArrayList<>();
    var references = new Joins("t");
    String keyColumn = "t." + model.key().sql();
    columns.add(keyColumn);
    for (Field field : model.fields()) {
      columns.add("t." + field.column().sql());
      for (ColumnPath part : keys.parts(field.target())) {
        columns.add(references.column(through(field, part)));
      }
    }
    return "SELECT %s FROM %s t%s%s ORDER BY %s%s"
        .formatted(
            String.join(", ", columns),
            model.sql(),
            references.sql(),
            chosen.condition(keyColumn, model, key, upTo),
            keyColumn,
            limits.rows() == Limits.NO_LIMIT ? "" : " LIMIT " + limits.rows());
  }

  private static ColumnPath through(Field reference, ColumnPath path) {
    return new ColumnPath(
        Stream.concat(Stream.of(reference), path.references().stream()).toList(), path.column());
  }

  @Override
  public void close() throws SQLException {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }
}

package org.aerpaw.portal.backup.rows;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.model.Column;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Joins;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.SortKey;
import org.aerpaw.portal.backup.model.column.IntegerColumn;
import org.aerpaw.portal.backup.postgres.copy.CopyReader;
import org.aerpaw.portal.backup.postgres.copy.CopyRow;

/**
 * The items that many objects, their owners, have in one of their lists, in the order of the
 * owners' keys. A query reads up to 20,000 items and returns them as one row: the bytes of the
 * owners' keys, the bytes of the items' keys, and an array for each part of the natural keys.
 * PostgreSQL needs less than half the time for this that it would take to make an array for each
 * owner and join it to the owner's row.
 */
final class ListItems {

  private final ListField list;
  private final Model model;
  private final KeyFilter chosen;
  private final RowStream.Limits limits;
  private final List<ColumnPath> naturalKey;
  private final List<SortKey> ordering;

  /** Sorts the items of an owner; empty if PostgreSQL does. */
  private final Optional<TargetOrder> order;

  /**
   * The items that were read. The first {@code complete} belong to owners whose items were all
   * read.
   */
  private long[] owners = {};

  private long[] keys = {};
  private int complete;

  /** The parts of their natural keys, and where the part of each item starts. */
  private final ByteBuffer[] parts;

  private final int[][] partStarts;

  private long completeTo = Long.MIN_VALUE;

  /** The items of the current owner are those from {@code start} to {@code end}. */
  private int start;

  private int end;

  /** The indexes of the current items in sorted order; null if they are sorted already. */
  private int[] sequence;

  /**
   * @param model the model of the owners
   * @param naturalKey the columns of the natural key to read, as paths that begin at the items'
   *     model
   * @param ordering the sort terms that precede the key itself
   */
  ListItems(
      Connection connection,
      Model model,
      ListField list,
      KeyFilter chosen,
      List<ColumnPath> naturalKey,
      List<SortKey> ordering,
      TargetOrders orders,
      RowStream.Limits limits)
      throws SQLException {
    this.list = list;
    this.model = model;
    this.chosen = chosen;
    this.limits = limits;
    this.naturalKey = naturalKey;
    this.ordering = ordering;
    this.order =
        ordering.isEmpty()
            ? Optional.empty()
            : orders.of(list.model(), ordering, connection, limits.targets());
    this.parts = new ByteBuffer[naturalKey.size()];
    this.partStarts = new int[parts.length][];
  }

  /**
   * Reads the next items if those of the owners after this key have not been read yet.
   *
   * @return the key up to which the items of all owners were read
   */
  long readBeyond(long owner, Connection connection) throws SQLException {
    if (completeTo <= owner) {
      int max = limits.items();
      while (!read(max, connection)) {
        max = Math.multiplyExact(2, max);
      }
    }
    return completeTo;
  }

  /** Reads at most {@code max} items; false if the first owner has more. */
  private boolean read(int max, Connection connection) throws SQLException {
    try (var rows = new CopyReader(connection, query(max))) {
      rows.next();
      readColumns(rows.row().columns());
      rows.next();
    }
    start = 0;
    end = 0;
    complete = owners.length;
    if (complete < max) {
      completeTo = Long.MAX_VALUE;
      return true;
    }
    long last = owners[complete - 1];
    while (complete > 0 && owners[complete - 1] == last) {
      complete--;
    }
    completeTo = last - 1;
    return complete > 0;
  }

  private void readColumns(ByteBuffer row) {
    owners = numbers(list.source(), row);
    keys = numbers(list.target(), row);
    for (int i = 0; i < parts.length; i++) {
      int first = row.position();
      CopyRow.skip(row);
      parts[i] = ByteBuffer.wrap(Arrays.copyOfRange(row.array(), first, row.position()));
      partStarts[i] = new int[CopyRow.enterArray(parts[i])];
      for (int item = 0; item < partStarts[i].length; item++) {
        partStarts[i][item] = parts[i].position();
        CopyRow.skip(parts[i]);
      }
    }
  }

  private static long[] numbers(Column column, ByteBuffer row) {
    var type = (IntegerColumn) column.type();
    int bytes = Math.max(0, row.getInt());
    var numbers = new long[bytes / type.bytes()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = type.number(row);
    }
    return numbers;
  }

  /**
   * Moves to the items of an owner.
   *
   * @param owner must increase from call to call, and must not exceed the result of {@link
   *     #readBeyond}
   */
  void moveTo(long owner) {
    while (end < complete && owners[end] < owner) {
      end++;
    }
    start = end;
    while (end < complete && owners[end] == owner) {
      end++;
    }
    sequence = order.isPresent() && size() > 1 ? order.get().sorted(keys, start, end) : null;
  }

  /** The number of items of the current owner. */
  int size() {
    return end - start;
  }

  /** The key of an item of the current owner. */
  long key(int item) {
    return keys[index(item)];
  }

  /** A part of the natural key of an item, as a column of a row. */
  ByteBuffer part(int part, int item) {
    return parts[part].position(partStarts[part][index(item)]);
  }

  private int index(int item) {
    return sequence == null ? start + item : sequence[item];
  }

  private String query(int max) {
    List<String> columns = new ArrayList<>();
    columns.add(bytes("owner", list.source()));
    columns.add(bytes("key", list.target()));
    for (int i = 0; i < naturalKey.size(); i++) {
      columns.add("array_agg(part" + i + ")");
    }
    return "SELECT %s FROM (%s) item"
        .formatted(String.join(", ", columns), inOrder(nextItems(max)));
  }

  private static String bytes(String name, Column column) {
    return "string_agg(%s(%s), '')".formatted(((IntegerColumn) column.type()).toBytes(), name);
  }

  /** In this order, PostgreSQL can read the items from the unique index on both columns. */
  private String nextItems(int max) {
    String owner = list.source().sql();
    return "SELECT %s AS owner, %s AS key FROM %s%s ORDER BY owner, key LIMIT %d"
        .formatted(
            owner,
            list.target().sql(),
            list.sql(),
            chosen.condition(owner, model, completeTo, Long.MAX_VALUE),
            max);
  }

  /** Adds the natural keys to items, and sorts those of an owner unless a {@link #order} does. */
  private String inOrder(String items) {
    var joins = new Joins("target");
    var columns = new StringBuilder("item.owner, item.key");
    for (int i = 0; i < naturalKey.size(); i++) {
      columns.append(", ").append(joins.column(naturalKey.get(i))).append(" AS part").append(i);
    }
    String terms = order.isPresent() ? "" : TargetOrder.terms(ordering, joins);
    if (terms.isEmpty() && naturalKey.isEmpty()) {
      return items;
    }
    return ("SELECT %s FROM (%s) item LEFT JOIN %s target ON target.%s = item.key%s"
            + " ORDER BY item.owner, %sitem.key")
        .formatted(
            columns, items, list.model().sql(), list.model().key().sql(), joins.sql(), terms);
  }
}

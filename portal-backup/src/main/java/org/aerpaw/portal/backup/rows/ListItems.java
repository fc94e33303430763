package org.aerpaw.portal.backup.rows;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Joins;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.SortKey;
import org.aerpaw.portal.backup.model.column.IntegerColumn;
import org.aerpaw.portal.backup.postgres.copy.CopyReader;
import org.aerpaw.portal.backup.postgres.copy.CopyRow;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;

/**
 * The items of one list of many objects, in the order of these owners. They are read 20,000 at a
 * time, each time as one row with an array of the owners, one of the keys, and one for each part of
 * the natural keys. PostgreSQL needs half the time to make these few arrays as to make an array for
 * each owner and join it to the owner's row.
 */
final class ListItems {

  private static final int KEYS = 0;

  private final ListField list;
  private final Model model;
  private final KeyFilter chosen;
  private final RowStream.Limits limits;
  private final List<ColumnPath> naturalKey;
  private final List<SortKey> ordering;
  private final IntegerColumn ownerType;
  private final IntegerColumn keyType;

  /** Sorts the items of an owner; empty if PostgreSQL does. */
  private final Optional<TargetOrder> order;

  /** The owners of the items that were read but not yet taken. */
  private ByteBuffer owners;

  private int left;
  private long nextOwner;

  /** The keys of these items, and the parts of their natural keys. */
  private final ByteBuffer[] columns;

  private long completeTo = Long.MIN_VALUE;

  /** The items of one owner: their number, where they start in each column, and their keys. */
  private int size;

  private final int[][] starts;
  private long[] keys = new long[8];

  /**
   * @param model the owners'
   * @param naturalKey the columns of natural keys to read, from the items' model on
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
    this.ownerType = (IntegerColumn) list.source().type();
    this.keyType = (IntegerColumn) list.target().type();
    this.order =
        ordering.isEmpty()
            ? Optional.empty()
            : orders.of(list.model(), ordering, connection, limits.targets());
    this.columns = new ByteBuffer[1 + naturalKey.size()];
    this.starts = new int[columns.length][keys.length];
  }

  /**
   * Reads the next items if all that were read belong to owners up to a key.
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

  /** Reads up to so many items; false if the first owner has more. */
  private boolean read(int max, Connection connection) throws SQLException {
    try (var rows = new CopyReader(connection, query(max))) {
      rows.next();
      enter(rows.row().takeRest());
      rows.next();
    }
    if (left < max) {
      completeTo = Long.MAX_VALUE;
    } else {
      omitLastOwner();
    }
    boolean complete = left > 0 || completeTo == Long.MAX_VALUE;
    nextOwner = left > 0 ? owner(owners) : Long.MAX_VALUE;
    return complete;
  }

  private void enter(ByteBuffer row) {
    owners = row.duplicate();
    left = CopyRow.enterArray(owners);
    for (int i = 0; i < columns.length; i++) {
      CopyRow.skip(row);
      columns[i] = row.duplicate();
      CopyRow.enterArray(columns[i]);
    }
  }

  /** Omits the items of the last owner, which may have more. */
  private void omitLastOwner() {
    int width = Integer.BYTES + owners.getInt(owners.position());
    long last = ownerAt(left - 1, width);
    while (left > 0 && ownerAt(left - 1, width) == last) {
      left--;
    }
    completeTo = last - 1;
  }

  private long ownerAt(int index, int width) {
    return owner(owners.duplicate().position(owners.position() + index * width));
  }

  private long owner(ByteBuffer at) {
    at.getInt(); // length
    return ownerType.number(at);
  }

  /**
   * Appends an array of keys, and one for each part of the natural keys; nulls if there are no
   * items.
   *
   * @param owner must increase from call to call, and must not exceed the result of {@link
   *     #readBeyond}
   */
  void appendTo(CopyRowEncoder row, long owner) {
    while (left > 0 && nextOwner < owner) {
      size = 0;
      take();
    }
    size = 0;
    while (left > 0 && nextOwner == owner) {
      take();
    }
    int[] sequence = order.isPresent() && size > 1 ? order.get().sorted(keys, size) : null;
    for (int i = 0; i < columns.length; i++) {
      if (size == 0) {
        row.putInt(CopyRow.NULL);
      } else {
        int array = row.startArray(i == KEYS ? keyType.oid() : 0, size);
        append(i, sequence, row);
        row.endArray(array);
      }
    }
  }

  /** Adds the next item to those of its owner. */
  private void take() {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      for (int i = 0; i < starts.length; i++) {
        starts[i] = Arrays.copyOf(starts[i], 2 * size);
      }
    }
    for (int i = 0; i < columns.length; i++) {
      starts[i][size] = columns[i].position();
      CopyRow.skip(columns[i]);
    }
    ByteBuffer all = columns[KEYS];
    int end = all.position();
    keys[size] = keyType.number(all.position(starts[KEYS][size] + Integer.BYTES));
    all.position(end);
    size++;
    left--;
    nextOwner = left == 0 ? Long.MAX_VALUE : owner(owners);
  }

  private void append(int column, int[] sequence, CopyRowEncoder row) {
    ByteBuffer all = columns[column];
    if (sequence == null) {
      row.putEncoded(all.array(), starts[column][0], all.position());
      return;
    }
    for (int i : sequence) {
      int start = starts[column][i];
      int length = Math.max(0, all.getInt(start));
      row.putEncoded(all.array(), start, start + Integer.BYTES + length);
    }
  }

  private String query(int max) {
    var arrays = new StringBuilder("array_agg(owner), array_agg(key)");
    for (int i = 0; i < naturalKey.size(); i++) {
      arrays.append(", array_agg(part").append(i).append(")");
    }
    return "SELECT %s FROM (%s) item".formatted(arrays, inOrder(nextItems(max)));
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
    return "SELECT %s FROM (%s) item LEFT JOIN %s target ON target.%s = item.key%s ORDER BY item.owner, %sitem.key"
        .formatted(
            columns, items, list.model().sql(), list.model().key().sql(), joins.sql(), terms);
  }
}

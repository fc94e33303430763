package org.aerpaw.portal.backup.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.column.IntegerColumn;
import org.aerpaw.portal.backup.postgres.CopyReader;
import org.aerpaw.portal.backup.postgres.CopyRowEncoder;

/**
 * The rows of a model as they are stored, in the order of their keys, streaming: to be held against
 * the values of objects, byte by byte and without being made into anything.
 */
public final class RowComparator implements AutoCloseable {

  private static final NaturalKeyOptions BY_KEYS = new NaturalKeyOptions(false, false);

  private final Model model;
  private final CopyReader rows;
  private final CopyRowEncoder candidate = new CopyRowEncoder();
  private Long key;

  /** Stands on the first row, if there is one. */
  public RowComparator(Connection connection, Model model) throws SQLException {
    this.model = model;
    this.rows =
        new CopyReader(
            connection, ModelRows.query(model, KeyFilter.ALL, BY_KEYS, list -> List.of()));
    next();
  }

  /** Of the row that this stands on; null after the last. */
  public Long key() {
    return key;
  }

  /** Moves to the next row, if there is one. */
  public void next() throws SQLException {
    rows.skipRest();
    key = rows.next() ? (Long) rows.value(model.key().type()) : null;
  }

  /**
   * Whether the row has exactly these values; to be asked once.
   *
   * @param values of the model's fields, in their order; may hold nulls
   * @param lists of the model's lists, in their order, each without twins; null for a list that may
   *     be as it is
   */
  public boolean has(List<?> values, List<? extends List<?>> lists) {
    candidate.clear();
    for (int i = 0; i < values.size(); i++) {
      candidate.put(model.fields().get(i).column().type(), values.get(i));
    }
    if (!rows.consumeIfEqual(candidate)) {
      return false;
    }
    for (int i = 0; i < lists.size(); i++) {
      if (lists.get(i) == null) {
        rows.skip();
      } else if (!has(model.lists().get(i), lists.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean has(ListField list, List<?> items) {
    IntegerColumn type = (IntegerColumn) list.target().type();
    candidate.clear();
    if (items.isEmpty()) {
      candidate.put(type, null);
    } else {
      candidate.putArray(type.oid(), type, items.stream().sorted().toList());
    }
    return rows.consumeIfEqual(candidate);
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}

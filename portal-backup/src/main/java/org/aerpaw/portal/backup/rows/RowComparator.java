package org.aerpaw.portal.backup.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;

/**
 * Streams the stored rows of a model, sorted by key, and compares them with objects in binary form
 * without converting them.
 */
public final class RowComparator implements AutoCloseable {

  /** Work that executes its own statements on the connection. */
  @FunctionalInterface
  public interface Work {
    void execute() throws SQLException;
  }

  /** The maximum number of rows that are read and thrown away at a pause. */
  private static final int ROWS_PER_STATEMENT = 20_000;

  private static final NaturalKeyOptions BY_KEYS = new NaturalKeyOptions(false, false);

  private final Model model;
  private final RowStream rows;
  private final CopyRowEncoder candidate = new CopyRowEncoder();
  private Long key;

  /** Opens the rows and moves to the first one. */
  public RowComparator(Connection connection, Model model) throws SQLException {
    this.model = model;
    this.rows =
        new RowStream(
            connection,
            model,
            KeyFilter.ALL,
            BY_KEYS,
            list -> List.of(),
            new TargetOrders(),
            RowStream.Limits.DEFAULT.withRows(ROWS_PER_STATEMENT));
    next();
  }

  /** The key of the current row; null after the last. */
  public Long key() {
    return key;
  }

  /** Moves to the next row. */
  public void next() throws SQLException {
    key = rows.next() ? (Long) rows.row().value(model.key().type()) : null;
  }

  /**
   * Lets the connection do something else before it reads on.
   *
   * @param after the key after which the next row is read
   */
  public void pause(long after, Work work) throws SQLException {
    rows.pause(after);
    work.execute();
    next();
  }

  /**
   * Whether the current row has exactly these values; must be called at most once per row.
   *
   * @param values the values of the model's fields; may contain nulls
   * @param lists the keys in the model's lists without duplicates; null for a list that is not
   *     compared
   */
  public boolean matches(List<?> values, List<? extends List<?>> lists) {
    candidate.clear();
    for (int i = 0; i < values.size(); i++) {
      candidate.put(model.fields().get(i).column().type(), values.get(i));
    }
    if (!rows.row().consumeIfEqual(candidate)) {
      return false;
    }
    for (int i = 0; i < lists.size(); i++) {
      if (lists.get(i) != null && !matches(rows.lists().get(i), lists.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(ListItems stored, List<?> items) {
    if (stored.size() != items.size()) {
      return false;
    }
    long[] sorted = items.stream().mapToLong(item -> (Long) item).sorted().toArray();
    for (int i = 0; i < sorted.length; i++) {
      if (stored.key(i) != sorted[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}

package org.aerpaw.portal.backup.rows;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Selects rows of a model by primary key.
 *
 * @param keys the primary keys; empty for rows with any key
 * @param limit the maximum number of rows, in the order of their keys; 0 for no limit
 */
public record KeyFilter(List<Long> keys, int limit) {

  public static final KeyFilter ALL = new KeyFilter(List.of());

  public KeyFilter {
    keys = List.copyOf(keys);
  }

  public KeyFilter(List<Long> keys) {
    this(keys, 0);
  }

  /** Selects the rows with the smallest keys. */
  public static KeyFilter first(int rows) {
    return new KeyFilter(List.of(), rows);
  }

  public boolean selectsAll() {
    return keys.isEmpty() && limit == 0;
  }

  /** The keys that no row has. */
  public List<Long> missing(Model model, Transaction transaction) throws SQLException {
    if (selectsAll()) {
      return List.of();
    }
    return transaction.query(
        row -> row.getLong(1),
        "SELECT DISTINCT wanted FROM unnest(ARRAY["
            + list()
            + "]::bigint[]) wanted WHERE NOT EXISTS (SELECT FROM "
            + model.sql()
            + " t WHERE t."
            + model.key().sql()
            + " = wanted) ORDER BY wanted");
  }

  /** The {@code WHERE} clause after a {@code FROM} in which the model's table is {@code t}. */
  public String condition(Model model) {
    return condition("t." + model.key().sql(), model, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * The {@code WHERE} clause for a column with keys of the model, of which a range is wanted.
   *
   * @param after {@link Long#MIN_VALUE} for no lower bound
   * @param upTo {@link Long#MAX_VALUE} for no upper bound
   */
  String condition(String column, Model model, long after, long upTo) {
    List<String> terms = new ArrayList<>();
    if (limit > 0) {
      String key = model.key().sql();
      terms.add(
          "%s IN (SELECT %s FROM %s ORDER BY %s LIMIT %d)"
              .formatted(column, key, model.sql(), key, limit));
    } else if (!selectsAll()) {
      terms.add(column + " IN (" + list() + ")");
    }
    if (after != Long.MIN_VALUE) {
      terms.add(column + " > " + after);
    }
    if (upTo != Long.MAX_VALUE) {
      terms.add(column + " <= " + upTo);
    }
    return terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms);
  }

  private String list() {
    return keys.stream().map(String::valueOf).collect(joining(", "));
  }
}

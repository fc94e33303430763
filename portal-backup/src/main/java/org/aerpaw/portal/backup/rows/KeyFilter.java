package org.aerpaw.portal.backup.rows;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
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

  public boolean areAll() {
    return keys.isEmpty() && limit == 0;
  }

  /** The keys that no row has. */
  public List<Long> missing(Model model, Transaction transaction) throws SQLException {
    if (areAll()) {
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
    if (areAll()) {
      return "";
    }
    String key = model.key().sql();
    String wanted =
        limit == 0
            ? list()
            : "SELECT " + key + " FROM " + model.sql() + " ORDER BY " + key + " LIMIT " + limit;
    return " WHERE t." + key + " IN (" + wanted + ")";
  }

  private String list() {
    return keys.stream().map(String::valueOf).collect(joining(", "));
  }
}

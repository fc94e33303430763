package org.aerpaw.portal.backup.rows;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Selects rows of a model by primary key.
 *
 * @param keys the primary keys; empty for all rows
 */
public record KeyFilter(List<Long> keys) {

  public static final KeyFilter ALL = new KeyFilter(List.of());

  public KeyFilter {
    keys = List.copyOf(keys);
  }

  public boolean areAll() {
    return keys.isEmpty();
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
    return " WHERE t." + model.key().sql() + " IN (" + list() + ")";
  }

  private String list() {
    return keys.stream().map(String::valueOf).collect(joining(", "));
  }
}

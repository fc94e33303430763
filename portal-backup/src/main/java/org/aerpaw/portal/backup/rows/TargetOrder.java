package org.aerpaw.portal.backup.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.backup.model.Joins;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.SortKey;
import org.aerpaw.portal.backup.model.column.IntegerColumn;
import org.aerpaw.portal.backup.postgres.copy.CopyReader;

/**
 * Sorts the items of lists as PostgreSQL would. PostgreSQL sorts the few objects that the items
 * refer to, once, instead of every item.
 */
final class TargetOrder {

  private final Map<Long, Integer> places = new HashMap<>();

  /** The place of an item whose object does not exist, so that the columns to sort by are null. */
  private final int placeOfMissing;

  private TargetOrder(boolean nullsFirst) {
    placeOfMissing = nullsFirst ? -1 : Integer.MAX_VALUE;
  }

  /**
   * Reads the order of the objects of a model.
   *
   * @param ordering at least one term
   * @return empty if there are too many
   */
  static Optional<TargetOrder> read(
      Connection connection, Model model, List<SortKey> ordering, int maxTargets)
      throws SQLException {
    var order = new TargetOrder(ordering.get(0).descending());
    try (var rows = new CopyReader(connection, query(model, ordering, maxTargets + 1))) {
      while (rows.next()) {
        for (Object key : rows.row().values(IntegerColumn.BIGINT)) {
          order.places.put((Long) key, order.places.size());
        }
      }
    }
    return Optional.of(order).filter(complete -> complete.places.size() <= maxTargets);
  }

  private static String query(Model model, List<SortKey> ordering, int limit) {
    var joins = new Joins("target");
    String terms = terms(ordering, joins);
    String key = "target." + model.key().sql();
    return "SELECT array_agg(key) FROM (SELECT %s::bigint AS key FROM %s target%s ORDER BY %s%s LIMIT %d) t"
        .formatted(key, model.sql(), joins.sql(), terms, key, limit);
  }

  /** The terms of an {@code ORDER BY}, each followed by a comma. */
  static String terms(List<SortKey> ordering, Joins joins) {
    var terms = new StringBuilder();
    for (SortKey term : ordering) {
      terms.append(joins.column(term.path())).append(term.descending() ? " DESC, " : ", ");
    }
    return terms.toString();
  }

  /**
   * The indexes of some items in their order.
   *
   * @param keys sorted from {@code start} to {@code end}
   */
  int[] sorted(long[] keys, int start, int end) {
    var placesAndIndexes = new long[end - start];
    for (int i = start; i < end; i++) {
      long place = places.getOrDefault(keys[i], placeOfMissing);
      placesAndIndexes[i - start] = place << Integer.SIZE | i;
    }
    Arrays.sort(placesAndIndexes);
    return Arrays.stream(placesAndIndexes).mapToInt(both -> (int) both).toArray();
  }
}

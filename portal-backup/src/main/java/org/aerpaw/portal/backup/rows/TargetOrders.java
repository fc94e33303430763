package org.aerpaw.portal.backup.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.SortKey;

/**
 * The orders of the objects to which lists refer, each read once for all lists of a snapshot.
 * Several threads may use it.
 */
public final class TargetOrders {

  private record Order(Model model, List<SortKey> ordering) {}

  private final Map<Order, Optional<TargetOrder>> orders = new HashMap<>();

  /** Empty if there are more objects than can be kept in memory. */
  synchronized Optional<TargetOrder> of(
      Model model, List<SortKey> ordering, Connection connection, int maxTargets)
      throws SQLException {
    var key = new Order(model, ordering);
    Optional<TargetOrder> order = orders.get(key);
    if (order == null) {
      order = TargetOrder.read(connection, model, ordering, maxTargets);
      orders.put(key, order);
    }
    return order;
  }
}

package org.aerpaw.portal.backup.rows;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows with lists, which are read a few items at a time. */
@ExtendWith(TestPortalExtension.class)
class RowStreamTest {

  private static final NaturalKeyOptions BY_KEYS = new NaturalKeyOptions(false, false);

  /**
   * Field trips 10, 20 ... 500: with no operators, or up to 7; experiments only of the last ones.
   */
  private static final String TRIPS =
      """
      INSERT INTO users_aerpawuser (id, password, is_superuser, username, first_name, last_name, email,
        is_staff, is_active, date_joined, created, modified, created_by, modified_by, display_name,
        openid_sub, uuid)
      SELECT i, '', false, 'user' || i, '', '', '', false, true, now(), now(), now(), '', '',
        'name ' || i * 7 % 5, '', i
      FROM generate_series(1, 20) i;
      INSERT INTO experiment_info_fieldtrip_ap_operators (fieldtrip_id, aerpawuser_id)
      SELECT trip * 10, 1 + (trip + k * 3) % 20
      FROM generate_series(1, 50) trip, generate_series(1, trip % 8) k;
      INSERT INTO experiment_info_fieldtrip_experiment_form (fieldtrip_id, experimentformdata_id)
      SELECT trip * 10, k FROM generate_series(45, 50) trip, generate_series(1, 3) k;
      """;

  @ParameterizedTest(name = "{0} items at once, {1} targets")
  @CsvSource({"1, 100", "2, 100", "7, 100", "50000, 200000", "7, 19", "50000, 0"})
  void everyRowShouldHaveItsItemsInOrderHoweverManyAreReadAtOnce(
      int items, int targets, TestPortal portal) throws Exception {
    List<String> expected = prepare(portal);

    assertThat(
            read(
                portal,
                KeyFilter.ALL,
                new RowStream.Limits(RowStream.Limits.NO_LIMIT, items, targets)))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} items at once")
  @CsvSource({"1", "7", "50000"})
  void chosenRowsShouldHaveTheirItems(int items, TestPortal portal) throws Exception {
    List<String> expected = prepare(portal);
    var limits = new RowStream.Limits(RowStream.Limits.NO_LIMIT, items, 100);

    assertThat(read(portal, KeyFilter.first(12), limits)).isEqualTo(expected.subList(0, 12));
    assertThat(read(portal, new KeyFilter(List.of(480L, 70L)), limits))
        .containsExactly(expected.get(6), expected.get(47));
  }

  /** Creates the rows, and returns what is expected of them. */
  private static List<String> prepare(TestPortal portal) throws SQLException {
    for (int trip = 10; trip <= 500; trip += 10) {
      portal.insert("experiment_info_fieldtrip", "id", trip);
    }
    for (int form = 1; form <= 3; form++) {
      portal.insert("experiment_info_experimentformdata", "id", form, "uuid", form);
    }
    portal.database.execute(TRIPS);
    return portal.select(
        """
        SELECT t.id || ' '
          || (SELECT coalesce(array_agg(l.experimentformdata_id ORDER BY l.experimentformdata_id), '{}')
            FROM experiment_info_fieldtrip_experiment_form l WHERE l.fieldtrip_id = t.id)::text
          || (SELECT coalesce(array_agg(l.aerpawuser_id ORDER BY u.display_name, u.id), '{}')
            FROM experiment_info_fieldtrip_ap_operators l JOIN users_aerpawuser u ON u.id = l.aerpawuser_id
            WHERE l.fieldtrip_id = t.id)::text
        FROM experiment_info_fieldtrip t ORDER BY t.id
        """);
  }

  private static List<String> read(TestPortal portal, KeyFilter chosen, RowStream.Limits limits)
      throws SQLException {
    Model model = portal.registry.find("experiment_info.fieldtrip").orElseThrow();
    List<String> found = new ArrayList<>();
    try (var snapshot = Transaction.beginSnapshot(portal.database.dataSource());
        var rows =
            new RowStream(
                snapshot.connection(),
                model,
                chosen,
                BY_KEYS,
                ListField::ordering,
                new TargetOrders(),
                limits)) {
      while (rows.next()) {
        found.add(text(model, rows));
      }
    }
    return found;
  }

  private static String text(Model model, RowStream rows) {
    var text = new StringBuilder().append(rows.row().value(model.key().type())).append(' ');
    for (int i = 0; i < model.lists().size(); i++) {
      ListItems items = rows.lists().get(i);
      if (List.of("ap_operators", "experiment_form").contains(model.lists().get(i).name())) {
        text.append(
            IntStream.range(0, items.size())
                .mapToObj(item -> String.valueOf(items.key(item)))
                .collect(joining(",", "{", "}")));
      }
    }
    return text.toString();
  }
}

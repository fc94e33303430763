package org.aerpaw.portal.backup.load.objects;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.aerpaw.portal.backup.TestPortal;

/**
 * Deletes rows as Django deletes objects, by the {@code on_delete} of portal-models.json: written
 * by hand, so that a restore can be compared with it.
 */
final class CascadeDelete {

  /** A foreign key. */
  private record Key(String table, String primaryKey, String column, String target) {}

  /** A row. */
  record Row(String table, String key) {}

  private static final String PROFILE = "profiles_aerpawuserprofile";
  private static final String USER = "users_aerpawuser";
  private static final String PROJECT = "projects_aerpawproject";
  private static final String MEMBER = "projects_userproject";
  private static final String EXPERIMENT = "experiments_aerpawexperiment";
  private static final String EXPERIMENT_MEMBER = "experiments_userexperiment";
  private static final String SESSION = "experiments_ondemandsession";
  private static final String SCHEDULED = "experiments_scheduledsession";
  private static final String NODE = "experiments_canonicalexperimentresource";
  private static final String NUMBER = "operations_canonicalnumber";
  private static final String RESOURCE = "resources_aerpawresource";
  private static final String ERROR = "error_handling_aerpawerror";
  private static final String THREAD = "error_handling_aerpawthread";
  private static final String FILE = "experiment_files_experimentfile";
  private static final String FORM = "experiment_info_experimentformdata";
  private static final String TRIP = "experiment_info_fieldtrip";
  private static final String CREDENTIALS = "credentials_publiccredentials";
  private static final String MESSAGE = "user_messages_aerpawusermessage";
  private static final String REQUEST = "user_requests_aerpawuserrequest";

  private static final List<Key> CASCADE =
      List.of(
          key(USER, "profile_id", PROFILE),
          key(MEMBER, "granted_by_id", USER),
          key(MEMBER, "project_id", PROJECT),
          key(MEMBER, "user_id", USER),
          key(THREAD, "experiment_id", EXPERIMENT),
          key(FORM, "experiment_id", EXPERIMENT),
          key(EXPERIMENT_MEMBER, "experiment_id", EXPERIMENT),
          key(EXPERIMENT_MEMBER, "granted_by_id", USER),
          key(EXPERIMENT_MEMBER, "user_id", USER),
          new Key(SCHEDULED, "ondemandsession_ptr_id", "ondemandsession_ptr_id", SESSION),
          key(REQUEST, "completed_by_id", USER),
          key(REQUEST, "requested_by_id", USER));

  private static final List<Key> PROTECT =
      List.of(
          key(PROJECT, "project_creator_id", USER),
          key(EXPERIMENT, "canonical_number_id", NUMBER),
          key(EXPERIMENT, "experiment_creator_id", USER),
          key(EXPERIMENT, "project_id", PROJECT),
          key(SESSION, "ended_by_id", USER),
          key(SESSION, "experiment_id", EXPERIMENT),
          key(SESSION, "started_by_id", USER),
          new Key(SCHEDULED, "ondemandsession_ptr_id", "scheduled_by_id", USER),
          key(NODE, "experiment_id", EXPERIMENT),
          key(NODE, "resource_id", RESOURCE),
          key(CREDENTIALS, "owner_id", USER),
          key(MESSAGE, "message_owner_id", USER),
          key(MESSAGE, "sent_by_id", USER));

  private static final List<Key> SET_NULL =
      List.of(
          key(ERROR, "user_id", USER),
          key(ERROR, "resolved_by_id", USER),
          key(THREAD, "user_id", USER));

  /** Both columns of the tables of many-to-many lists. */
  private static final List<Key> PAIRS =
      List.of(
          key("users_aerpawuser_groups", "aerpawuser_id", USER),
          key("users_aerpawuser_user_permissions", "aerpawuser_id", USER),
          key("error_handling_aerpawthread_error", "aerpawthread_id", THREAD),
          key("error_handling_aerpawthread_error", "aerpawerror_id", ERROR),
          key("experiment_info_fieldtrip_experiment_form", "fieldtrip_id", TRIP),
          key("experiment_info_fieldtrip_experiment_form", "experimentformdata_id", FORM),
          key("experiment_info_fieldtrip_experiment", "fieldtrip_id", TRIP),
          key("experiment_info_fieldtrip_experiment", "aerpawexperiment_id", EXPERIMENT),
          key("experiment_info_fieldtrip_ap_operators", "fieldtrip_id", TRIP),
          key("experiment_info_fieldtrip_ap_operators", "aerpawuser_id", USER),
          key("experiment_info_fieldtrip_fixed_nodes_used", "fieldtrip_id", TRIP),
          key("experiment_info_fieldtrip_fixed_nodes_used", "aerpawresource_id", RESOURCE),
          key("experiments_aerpawexperiment_experiment_files", "aerpawexperiment_id", EXPERIMENT),
          key("experiments_aerpawexperiment_experiment_files", "experimentfile_id", FILE),
          key("experiments_aerpawexperiment_resources", "aerpawexperiment_id", EXPERIMENT),
          key("experiments_aerpawexperiment_resources", "aerpawresource_id", RESOURCE),
          key("user_messages_aerpawusermessage_received_by", "aerpawusermessage_id", MESSAGE),
          key("user_messages_aerpawusermessage_received_by", "aerpawuser_id", USER),
          key("user_requests_aerpawuserrequest_received_by", "aerpawuserrequest_id", REQUEST),
          key("user_requests_aerpawuserrequest_received_by", "aerpawuser_id", USER));

  static final List<String> TABLES =
      List.of(
          PROFILE,
          USER,
          PROJECT,
          MEMBER,
          EXPERIMENT,
          EXPERIMENT_MEMBER,
          SESSION,
          SCHEDULED,
          NODE,
          NUMBER,
          RESOURCE,
          ERROR,
          THREAD,
          FILE,
          FORM,
          TRIP,
          CREDENTIALS,
          MESSAGE,
          REQUEST);

  private final TestPortal portal;
  private final Set<Row> deleted = new LinkedHashSet<>();
  private final Set<Row> named = new LinkedHashSet<>();

  private CascadeDelete(TestPortal portal) {
    this.portal = portal;
  }

  /**
   * Deletes a row, what cascades from it, and before that the rows that protect one of these.
   *
   * @return the row and those that had to be deleted first
   */
  static Collection<Row> delete(TestPortal portal, Row row) throws SQLException {
    var delete = new CascadeDelete(portal);
    delete.collect(row);
    delete.execute();
    return delete.named;
  }

  static String primaryKey(String table) {
    return table.equals(SCHEDULED) ? "ondemandsession_ptr_id" : "id";
  }

  private void collect(Row first) throws SQLException {
    named.add(first);
    Deque<Row> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      Row row = open.remove();
      if (!deleted.add(row)) {
        continue;
      }
      if (row.table().equals(SCHEDULED)) {
        open.add(new Row(SESSION, row.key()));
      }
      for (Key key : CASCADE) {
        open.addAll(referrers(key, row));
      }
      for (Key key : PROTECT) {
        List<Row> protecting = referrers(key, row);
        named.addAll(protecting);
        open.addAll(protecting);
      }
    }
  }

  private List<Row> referrers(Key key, Row row) throws SQLException {
    return key.target().equals(row.table())
        ? portal
            .select(
                "SELECT %s FROM %s WHERE %s = %s"
                    .formatted(key.primaryKey(), key.table(), key.column(), row.key()))
            .stream()
            .map(found -> new Row(key.table(), found))
            .toList()
        : List.of();
  }

  private void execute() {
    var sql = new StringBuilder("BEGIN; ");
    for (Row row : deleted) {
      for (Key key : SET_NULL) {
        if (key.target().equals(row.table())) {
          sql.append(
              "UPDATE %2$s SET %1$s = NULL WHERE %1$s = %3$s; "
                  .formatted(key.column(), key.table(), row.key()));
        }
      }
      for (Key key : PAIRS) {
        if (key.target().equals(row.table())) {
          sql.append(
              "DELETE FROM %s WHERE %s = %s; ".formatted(key.table(), key.column(), row.key()));
        }
      }
    }
    for (Row row : deleted) {
      sql.append(
          "DELETE FROM %s WHERE %s = %s; "
              .formatted(row.table(), primaryKey(row.table()), row.key()));
    }
    portal.database.execute(sql.append("COMMIT").toString());
  }

  private static Key key(String table, String column, String target) {
    return new Key(table, "id", column, target);
  }
}

package org.aerpaw.portal.backup.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import javax.sql.DataSource;

/**
 * Gives every connection of a data source the settings that dumps and loads rely on, so that
 * defaults of the role or the database cannot end a run or change its result. {@code pg_dump} and
 * {@code pg_restore} do the same.
 */
public final class SessionSettings extends DelegatingDataSource {

  private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

  static {
    // Time limits are meant for the statements of users. idle_session_timeout exists since
    // PostgreSQL 14, transaction_timeout since 17.
    SETTINGS.put("lock_timeout", "0");
    SETTINGS.put("idle_in_transaction_session_timeout", "0");
    SETTINGS.put("idle_session_timeout", "0");
    SETTINGS.put("transaction_timeout", "0");
    // A statement that may fail must not end the session.
    SETTINGS.put("exit_on_error", "off");
    // Row-level security must fail a statement and not hide rows from it.
    SETTINGS.put("row_security", "off");
    SETTINGS.put("default_transaction_isolation", "read committed");
    SETTINGS.put("default_transaction_deferrable", "off");
    // Texts of values and names.
    SETTINGS.put("DateStyle", "ISO");
    SETTINGS.put("IntervalStyle", "postgres");
    SETTINGS.put("TimeZone", "UTC");
    SETTINGS.put("bytea_output", "hex");
    SETTINGS.put("extra_float_digits", "1");
    SETTINGS.put("standard_conforming_strings", "on");
    SETTINGS.put("quote_all_identifiers", "off");
    SETTINGS.put("array_nulls", "on");
    SETTINGS.put("transform_null_equals", "off");
    // Compiling takes longer than our statements gain from it.
    SETTINGS.put("jit", "off");
  }

  /** Settings that this server does not have are left out. */
  private static final String APPLY = apply();

  public SessionSettings(DataSource database) {
    super(database);
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      return prepare(super.getConnection());
    } catch (SQLException e) {
      throw new ConnectionFailedException(e);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    try {
      return prepare(super.getConnection(user, password));
    } catch (SQLException e) {
      throw new ConnectionFailedException(e);
    }
  }

  private static Connection prepare(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      // Alone and first, since a limit could end the longer statement.
      statement.execute("SET statement_timeout = 0");
      statement.execute(APPLY);
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
      return connection;
    } catch (SQLException e) {
      try (connection) {
        throw e;
      }
    }
  }

  /**
   * Why loads must be refused: session_replication_role keeps PostgreSQL from firing triggers and
   * checking foreign keys, and the role of the session may not change that setting. Empty if
   * triggers fire and foreign keys are checked.
   */
  public static Optional<String> uncheckedConstraints(Transaction transaction) throws SQLException {
    return transaction
        .query(
            row -> row.getString(1),
            """
            SELECT format('session_replication_role is %s, so triggers would not fire and foreign keys'
              ' would not be checked; reset it for role %I and for database %I',
              current_setting('session_replication_role'), current_user, current_database())
            WHERE current_setting('session_replication_role') <> 'origin'
            """)
        .stream()
        .findFirst();
  }

  private static String apply() {
    var values = new StringJoiner(", ", "(VALUES ", ") wanted (name, value)");
    SETTINGS.forEach((name, value) -> values.add("('" + name + "', '" + value + "')"));
    // A commit must be on disk when it is reported, triggers must fire, and foreign keys must be
    // checked, whatever the default is. Triggers and foreign keys depend on
    // session_replication_role, which only superusers may change: if its default is not origin,
    // loads by other roles are refused.
    return "SELECT set_config(name, value, false) FROM "
        + values
        + " WHERE current_setting(name, true) IS NOT NULL UNION ALL"
        + " SELECT set_config('synchronous_commit', 'on', false)"
        + " WHERE current_setting('synchronous_commit') = 'off' UNION ALL"
        + " SELECT set_config('session_replication_role', 'origin', false)"
        + " WHERE current_setting('session_replication_role') <> 'origin'"
        + " AND (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)";
  }
}

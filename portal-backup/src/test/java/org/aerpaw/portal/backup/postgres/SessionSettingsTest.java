package org.aerpaw.portal.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that every session gets; {@link OwnerTest} shows that others do not matter. */
class SessionSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "statement_timeout, 2s, 0",
    "lock_timeout, 1ms, 0",
    "idle_in_transaction_session_timeout, 2s, 0",
    "idle_session_timeout, 2s, 0",
    "transaction_timeout, 2s, 0",
    "synchronous_commit, off, on",
    "session_replication_role, replica, origin",
    "exit_on_error, on, off",
  })
  void aSettingThatWouldEndRunsOrLoseCommitsOrChecksIsChanged(
      String name, String value, String expected) throws Exception {
    try (var database = TestDatabase.empty()) {
      database.set(name, value);

      try (var connection = new SessionSettings(database.dataSource()).getConnection();
          var statement = connection.createStatement();
          var result = statement.executeQuery("SHOW " + name)) {
        result.next();
        assertThat(result.getString(1)).isEqualTo(expected);
      }
    }
  }
}

package org.aerpaw.portal.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPortalExtension.class)
class DumpStatementsTest {

  private static final String INSERT_THREADS =
      """
      INSERT INTO error_handling_aerpawthread (id, thread_start, uuid)
          SELECT n, now(), '' FROM generate_series(%1$d, %2$d) n;
      INSERT INTO error_handling_aerpawerror (id, datetime, displayed, is_resolved, uuid)
          SELECT n, now(), false, false, '' FROM generate_series(%1$d, %2$d) n;
      INSERT INTO error_handling_aerpawthread_error (aerpawthread_id, aerpawerror_id)
          SELECT n, n FROM generate_series(%1$d, %2$d) n
      """;

  /** More than the second connection needs, which is not used if its thread starts late. */
  private static final long OF_THE_SECOND_CONNECTION = 20;

  @Test
  void numberOfStatementsShouldNotDependOnTheNumberOfRows(TestPortal portal) throws Exception {
    portal.database.countStatements();
    portal.database.execute(INSERT_THREADS.formatted(1, 10));
    long ofTwentyRows = statementsOfDump(portal);
    portal.database.execute(INSERT_THREADS.formatted(11, 10_000));
    assertThat(statementsOfDump(portal)).isCloseTo(ofTwentyRows, within(OF_THE_SECOND_CONNECTION));
    assertThat(portal.dumped("error_handling.json").objects()).hasSize(20_000);
  }

  private static long statementsOfDump(TestPortal portal) throws Exception {
    long before = portal.database.countedStatements();
    portal.set(portal.dump("error_handling"));
    long statements = portal.database.countedStatements() - before;
    assertThat(statements).as("what the server saw of a dump").isPositive();
    return statements;
  }
}

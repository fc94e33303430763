package org.aerpaw.portal.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPortalExtension.class)
class WarmUpTest {

  @Test
  void preparingForTheFirstDumpShouldReadRowsAndChangeNothing(TestPortal portal) throws Exception {
    portal.withDjangoSet();
    assertThat(portal.load().errors()).isEmpty();
    var before = DatabaseContent.of(portal.database).rows();

    WarmUp.run(portal.registry, portal.database.dataSource());

    assertThat(DatabaseContent.of(portal.database).rows()).isEqualTo(before);
    assertThat(portal.sets.all()).isEmpty();
  }

  @Test
  void aDatabaseThatCannotBeDumpedShouldNotStopTheStart(TestPortal portal) throws Exception {
    portal.database.execute("DROP TABLE operations_canonicalnumber CASCADE");

    portal.engine.dumps().warmUp();

    assertThat(portal.sets.all()).isEmpty();
  }
}

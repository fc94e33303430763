package org.aerpaw.portal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.junit.jupiter.api.Test;

class StartupTrainingTest {

  @Test
  void everyCommandUnderstandsTheAnswersOfTheTraining() throws Exception {
    Map<String, ExitStatus> statuses = StartupTraining.run();

    assertThat(statuses).containsEntry("dumb", ExitStatus.WRONG_USAGE);
    statuses.remove("dumb");
    assertThat(statuses.values()).containsOnly(ExitStatus.SUCCESS);
  }
}

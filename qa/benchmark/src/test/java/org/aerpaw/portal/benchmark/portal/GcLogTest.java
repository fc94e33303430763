package org.aerpaw.portal.benchmark.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GcLogTest {

  @Test
  void peakShouldBeTheMostThatACollectionLeft() {
    assertThat(
            GcLog.peak(
                List.of(
                    "[0.006s][info][gc] Using G1",
                    "[2.1s][info][gc] GC(7) Pause Young (Normal) (G1 Evacuation Pause) 104M->45M(256M) 3.2ms",
                    "[2.2s][info][gc] GC(8) Concurrent Mark Cycle",
                    "[2.9s][info][gc] GC(9) Pause Young (Normal) (G1 Evacuation Pause) 150M->31M(256M) 3.2ms")))
        .isEqualTo(45L * 1024 * 1024);
  }
}

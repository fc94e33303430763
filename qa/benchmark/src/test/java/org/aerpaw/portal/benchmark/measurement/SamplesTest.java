package org.aerpaw.portal.benchmark.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void medianShouldBeTheOneInTheMiddle() {
    assertThat(samples(9000, 1000, 2000).median()).isEqualTo(2);
  }

  @Test
  void medianOfAnEvenNumberShouldBeTheMeanOfTheTwoInTheMiddle() {
    assertThat(samples(9000, 1000, 2000, 3000).median()).isEqualTo(2.5);
  }

  @Test
  void spreadShouldBeFromLeastToMost() {
    Samples samples = samples(9000, 1000, 2000);

    assertThat(samples.min()).isEqualTo(1);
    assertThat(samples.max()).isEqualTo(9);
  }

  static Samples samples(long... millis) {
    var samples = new Samples();
    LongStream.of(millis).mapToObj(Duration::ofMillis).forEach(samples::add);
    return samples;
  }
}

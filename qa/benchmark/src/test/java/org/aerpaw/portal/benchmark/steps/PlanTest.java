package org.aerpaw.portal.benchmark.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.benchmark.process.BenchmarkException;
import org.junit.jupiter.api.Test;

class PlanTest {

  private final ByteArrayOutputStream reported = new ByteArrayOutputStream();
  private final Plan plan = new Plan();
  private final List<String> taken = new ArrayList<>();

  @Test
  void progressShouldNameEachStepWithItsNumberAndTime() throws Exception {
    plan.add("fill", () -> taken.add("fill"));
    plan.weigh(900_000);
    plan.addTimed("dump", () -> Duration.ofMillis(1234));

    plan.run(new PrintStream(reported));

    assertThat(taken).containsExactly("fill");
    assertThat(reported.toString().lines())
        .containsExactly("[  0 %, 1 of 2] fill ...", "[ 20 %, 2 of 2] dump ... 1.23 s");
  }

  @Test
  void nothingShouldBeDoneAfterAStepThatFailed() {
    plan.add(
        "fill",
        () -> {
          throw new BenchmarkException("no room");
        });
    plan.add("dump", () -> taken.add("dump"));

    assertThatThrownBy(() -> plan.run(new PrintStream(reported))).hasMessage("no room");

    assertThat(taken).isEmpty();
  }
}

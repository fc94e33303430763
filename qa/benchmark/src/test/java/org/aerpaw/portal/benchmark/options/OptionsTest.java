package org.aerpaw.portal.benchmark.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void everythingShouldBeMeasuredByDefault() {
    Options options = Options.parse(List.of());

    assertThat(options.sizes()).containsExactly(25_000, 500_000, 5_000_000);
    assertThat(options.runs()).isEqualTo(5);
    assertThat(options.measures()).containsExactly(Measure.values());
  }

  @Test
  void sizesShouldBeSortedAndDistinct() {
    assertThat(Options.parse(List.of("--sizes", "50000,1000,50000")).sizes())
        .containsExactly(1000, 50_000);
  }

  @Test
  void onlyNamedMeasuresShouldBeMeasured() {
    assertThat(Options.parse(List.of("--measure=load,first-dump")).measures())
        .containsExactly(Measure.FIRST_DUMP, Measure.LOAD);
  }

  @Test
  void invalidArgumentsShouldBeNamedWithTheAllowedOnes() {
    assertThatThrownBy(() -> Options.parse(List.of("--sizes", "1500")))
        .hasMessage("--sizes must be multiples of 1,000, not '1500'");
    assertThatThrownBy(() -> Options.parse(List.of("--runs", "0")))
        .hasMessage("--runs must be a whole number from 1 to 1000, not '0'");
    assertThatThrownBy(() -> Options.parse(List.of("--runs"))).hasMessage("--runs needs a value");
    assertThatThrownBy(() -> Options.parse(List.of("--measure", "dumps")))
        .hasMessage(
            "--measure must be one or more of dump, first-dump, diff, load, django, not 'dumps'");
    assertThatThrownBy(() -> Options.parse(List.of("--foo")))
        .hasMessage("unknown option --foo; see --help");
  }
}

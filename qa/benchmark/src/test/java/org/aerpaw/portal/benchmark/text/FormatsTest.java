package org.aerpaw.portal.benchmark.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

  @ParameterizedTest
  @CsvSource({"0.12345, 0.123 s", "1.2345, 1.23 s", "12.345, 12.3 s", "123.45, 123 s"})
  void secondsShouldHaveThreeDigits(double seconds, String text) {
    assertThat(Formats.seconds(seconds)).isEqualTo(text);
  }
}

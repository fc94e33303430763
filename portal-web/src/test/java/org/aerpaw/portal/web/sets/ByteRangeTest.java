package org.aerpaw.portal.web.sets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-99, 0, 99",
    "bytes=10-, 10, 99",
    "bytes=-10, 90, 99",
    "bytes=-1000, 0, 99",
    "bytes=50-1000, 50, 99",
    "bytes=0-99999999999999999999, 0, 99"
  })
  void rangeShouldEndWithTheFile(String header, long first, long last) {
    assertThat(ByteRange.parse(header, 100)).contains(new ByteRange(first, last));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "bytes=", "bytes=-", "bytes=5-4", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b"})
  void headersOtherThanASingleRangeShouldBeIgnored(String header) {
    assertThat(ByteRange.parse(header, 100)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=99999999999999999999-", "bytes=-0"})
  void rangeBeyondTheEndShouldBeReported(String header) {
    assertThat(ByteRange.parse(header, 100))
        .hasValueSatisfying(range -> assertThat(range.isWithin(100)).isFalse());
  }

  @Test
  void absentHeaderShouldMeanTheWholeFile() {
    assertThat(ByteRange.parse(null, 100)).isEmpty();
  }
}

package org.aerpaw.portal.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.aerpaw.portal.benchmark.measurement.Measurements;
import org.aerpaw.portal.benchmark.measurement.Series;
import org.junit.jupiter.api.Test;

class ReportTest {

  private final Measurements measurements = new Measurements();
  private final Report report = new Report(measurements);

  @Test
  void dumpThatTakesFourFifthsOfThePeersTimeShouldMeetItsTarget() {
    add(Series.DUMP, 500_000, 800);
    add(Series.PG_DUMP, 500_000, 1000);

    assertThat(report.results()).hasSize(1).noneMatch(Result::missesTarget);
    assertThat(report.allTargetsMet()).isTrue();
  }

  @Test
  void slowerDumpShouldMissItsTarget() {
    add(Series.DUMP, 500_000, 810);
    add(Series.PG_DUMP, 500_000, 1000);

    assertThat(report.allTargetsMet()).isFalse();
  }

  @Test
  void smallSizesShouldHaveNoTargetAgainstPostgres() {
    add(Series.DUMP, 25_000, 2100);
    add(Series.PG_DUMP, 25_000, 1000);

    assertThat(report.allTargetsMet()).isTrue();
  }

  @Test
  void djangoShouldTakeFiftyTimesAsLong() {
    add(Series.DUMP, 25_000, 100);
    add(Series.DJANGO_DUMP, 25_000, 4900);

    assertThat(report.results()).singleElement().extracting(Result::ratio).isEqualTo(49.0);
    assertThat(report.allTargetsMet()).isFalse();
  }

  @Test
  void timePerObjectShouldStayNearlyTheSame() {
    add(Series.LOAD, 25_000, 9000);
    add(Series.LOAD, 500_000, 10_000);
    add(Series.LOAD, 5_000_000, 120_000);

    assertThat(report.scalingRatios())
        .singleElement()
        .extracting(ScalingRatio::factor)
        .isEqualTo(1.2);
    assertThat(report.allTargetsMet()).isFalse();
  }

  @Test
  void dumpShouldBeComparedByItsReport() {
    measurements.add(Series.DUMP, 500_000, Duration.ofMillis(900), Duration.ofMillis(790));
    add(Series.PG_DUMP, 500_000, 1000);

    assertThat(report.allTargetsMet()).isTrue();
  }

  @Test
  void commandThatAddsMoreThanAThirdOfASecondShouldMissItsTarget() {
    add(Series.COMMAND, 500_000, 290);
    assertThat(report.allTargetsMet()).isTrue();

    add(Series.COMMAND, 500_000, 400);
    assertThat(report.allTargetsMet()).isFalse();
    assertThat(new ReportText(report).text()).contains("at most 0.300 s", "missed");
  }

  @Test
  void figuresShouldNameWhatTheyAreComparedWith() {
    add(Series.LOAD, 500_000, 8100);
    add(Series.PSQL, 500_000, 10_000);

    assertThat(new ReportText(report).text())
        .endsWith(
            "| load into an empty database | 500,000 | 8.10 s (8.10–8.10) |                 | psql          | 10.0 s"
                + " (10.0–10.0) | 0.81  | at most 0.80 | missed |\n");
  }

  private void add(Series series, int objects, long millis) {
    var duration = Duration.ofMillis(millis);
    if (series == Series.DUMP) {
      measurements.add(series, objects, duration, duration);
    } else {
      measurements.add(series, objects, duration);
    }
  }
}

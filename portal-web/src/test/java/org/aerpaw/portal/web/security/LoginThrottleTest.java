package org.aerpaw.portal.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

  private static final String OLGA = LoginThrottle.ofUser("olga");
  private static final String HERE = LoginThrottle.ofAddress("192.0.2.1");
  private static final String THERE = LoginThrottle.ofAddress("192.0.2.2");

  private Instant now = Instant.parse("2026-11-22T09:30:00Z");
  private final LoginThrottle failures = new LoginThrottle(5, () -> now);

  private void fail(int times, String... keys) {
    IntStream.range(0, times).forEach(i -> failures.failed(List.of(keys)));
  }

  @Test
  void fewFailuresShouldNotDelayALogin() {
    fail(4, OLGA, HERE);
    assertThat(failures.remaining(List.of(OLGA, HERE))).isEmpty();
  }

  @Test
  void nameShouldWaitWhereverItIsTriedFrom() {
    fail(3, OLGA, HERE);
    fail(2, OLGA, THERE);
    assertThat(failures.remaining(List.of(OLGA, LoginThrottle.ofAddress("192.0.2.3"))))
        .contains(LoginThrottle.PERIOD);
    assertThat(failures.remaining(List.of(LoginThrottle.ofUser("emil"), HERE))).isEmpty();
  }

  @Test
  void addressShouldWaitWhicheverUserItTries() {
    for (String name : List.of("anna", "berta", "cora", "dora", "emma")) {
      fail(1, LoginThrottle.ofUser(name), HERE);
    }
    assertThat(failures.remaining(List.of(OLGA, HERE))).isPresent();
    assertThat(failures.remaining(List.of(OLGA, THERE))).isEmpty();
  }

  @Test
  void waitShouldEndAMinuteAfterTheFirstFailure() {
    fail(1, OLGA);
    now = now.plusSeconds(20);
    fail(4, OLGA);
    assertThat(failures.remaining(List.of(OLGA))).contains(Duration.ofSeconds(40));
    now = now.plusSeconds(40);
    assertThat(failures.remaining(List.of(OLGA))).isEmpty();
    fail(4, OLGA);
    assertThat(failures.remaining(List.of(OLGA))).isEmpty();
  }

  @Test
  void successShouldResetOnlyItsOwnFailures() {
    fail(5, OLGA, HERE);
    failures.succeeded(List.of(OLGA));
    assertThat(failures.remaining(List.of(OLGA, THERE))).isEmpty();
    assertThat(failures.remaining(List.of(HERE))).isPresent();
  }

  @Test
  void oldestShouldBeForgottenWhenThereAreTooMany() {
    fail(5, OLGA);
    now = now.plusSeconds(1);
    fail(5, HERE);
    for (int i = 1; i < LoginThrottle.MAX_ENTRIES; i++) {
      fail(1, LoginThrottle.ofUser("user" + i));
    }
    assertThat(failures.remaining(List.of(OLGA))).isEmpty();
    assertThat(failures.remaining(List.of(HERE))).isPresent();
  }

  @Test
  void namesThatNobodyCanHaveShouldNotFillTheMemory() {
    assertThat(LoginThrottle.ofUser("a".repeat(10_000))).hasSizeLessThan(200);
  }

  @Test
  void noLimitShouldMeanNoWait() {
    var limitless = new LoginThrottle(0, () -> now);
    limitless.failed(List.of(OLGA));
    assertThat(limitless.remaining(List.of(OLGA))).isEmpty();
  }
}

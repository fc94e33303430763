package org.aerpaw.portal.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleSessionTest {

  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private final ConsoleSession sessions = new ConsoleSession(new AdminToken("token"));

  @Test
  void cookieNamesItsCallerForTwelveHours() {
    String cookie = sessions.begin("ada@example.org", NOW);

    assertThat(sessions.caller(cookie, NOW)).contains("ada@example.org");
    assertThat(sessions.caller(cookie, NOW.plus(Duration.ofHours(12)).minusSeconds(1)))
        .contains("ada@example.org");
    assertThat(sessions.caller(cookie, NOW.plus(Duration.ofHours(12)))).isEmpty();
  }

  @Test
  void everyChangedCharacterMakesACookieInvalid() {
    String cookie = sessions.begin("ada", NOW);
    for (int i = 0; i < cookie.length() - 1; i++) {
      char other = cookie.charAt(i) == 'A' ? 'B' : 'A';
      String changed = cookie.substring(0, i) + other + cookie.substring(i + 1);
      assertThat(sessions.caller(changed, NOW)).as(changed).isEmpty();
    }
  }

  @Test
  void anotherTokenEndsAllSessions() {
    String cookie = sessions.begin("ada", NOW);

    assertThat(new ConsoleSession(new AdminToken("other")).caller(cookie, NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "YWRh.1", "YWRh.9999999999.", "a.b.c"})
  void otherTextsAreNoCookies(String cookie) {
    assertThat(sessions.caller(cookie, NOW)).isEmpty();
  }
}

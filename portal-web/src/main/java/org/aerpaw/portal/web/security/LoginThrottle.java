package org.aerpaw.portal.web.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who failed to sign in within the last minute, and how often. A name or an address with too many
 * failures has to wait until the minute is over that began with the first of them. Remembers so
 * many at most; beyond that the oldest are forgotten.
 */
final class LoginThrottle {

  static final Duration PERIOD = Duration.ofMinutes(1);
  static final int MOST_REMEMBERED = 10_000;

  /** As long as a name can be in the portal; what is behind it only fills the memory. */
  private static final int LONGEST = 150;

  private record Failures(Instant first, int number) {}

  private final int most;
  private final InstantSource clock;

  /** In the order of their first failure. */
  private final Map<String, Failures> remembered = new LinkedHashMap<>();

  /**
   * @param most how many failures within the period mean a wait; 0 for no limit
   */
  LoginThrottle(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  static String ofUser(String username) {
    return "user " + username.substring(0, Math.min(username.length(), LONGEST));
  }

  static String ofAddress(String address) {
    return "address " + address;
  }

  /**
   * How long whoever is known by all of this has to wait before the next try; empty if not at all.
   */
  synchronized Optional<Duration> remaining(List<String> keys) {
    forgetWhatIsOver();
    Instant now = clock.instant();
    return keys.stream()
        .map(remembered::get)
        .filter(failures -> failures != null && failures.number() >= most)
        .map(failures -> Duration.between(now, failures.first().plus(PERIOD)))
        .max(Duration::compareTo);
  }

  synchronized void failed(List<String> keys) {
    if (most <= 0) {
      return;
    }
    forgetWhatIsOver();
    Instant now = clock.instant();
    for (String key : keys) {
      remembered.merge(
          key,
          new Failures(now, 1),
          (before, one) -> new Failures(before.first(), before.number() + 1));
    }
    Iterator<String> oldest = remembered.keySet().iterator();
    while (remembered.size() > MOST_REMEMBERED) {
      oldest.next();
      oldest.remove();
    }
  }

  synchronized void succeeded(List<String> keys) {
    remembered.keySet().removeAll(keys);
  }

  private void forgetWhatIsOver() {
    Instant over = clock.instant().minus(PERIOD);
    Iterator<Failures> oldest = remembered.values().iterator();
    while (oldest.hasNext() && !oldest.next().first().isAfter(over)) {
      oldest.remove();
    }
  }
}

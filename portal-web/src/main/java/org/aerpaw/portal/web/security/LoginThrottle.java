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
 * Counts failed logins by user name and address. After too many failures a name or address must
 * wait until a minute after the first of them. The number of entries is limited; the oldest are
 * dropped.
 */
final class LoginThrottle {

  static final Duration PERIOD = Duration.ofMinutes(1);
  static final int MAX_ENTRIES = 10_000;

  /** The maximum length of user names in the portal; the rest of a longer name is ignored. */
  private static final int MAX_NAME_LENGTH = 150;

  private record Failures(Instant first, int number) {}

  private final int limit;
  private final InstantSource clock;

  /** In the order of the first failure. */
  private final Map<String, Failures> entries = new LinkedHashMap<>();

  /**
   * @param limit the number of failures in a period after which to wait; 0 for no limit
   */
  LoginThrottle(int limit, InstantSource clock) {
    this.limit = limit;
    this.clock = clock;
  }

  static String ofUser(String username) {
    return "user " + username.substring(0, Math.min(username.length(), MAX_NAME_LENGTH));
  }

  static String ofAddress(String address) {
    return "address " + address;
  }

  /** The time to wait before the next login; empty if there is none. */
  synchronized Optional<Duration> remaining(List<String> keys) {
    removeExpired();
    Instant now = clock.instant();
    return keys.stream()
        .map(entries::get)
        .filter(failures -> failures != null && failures.number() >= limit)
        .map(failures -> Duration.between(now, failures.first().plus(PERIOD)))
        .max(Duration::compareTo);
  }

  synchronized void failed(List<String> keys) {
    if (limit <= 0) {
      return;
    }
    removeExpired();
    Instant now = clock.instant();
    for (String key : keys) {
      entries.merge(
          key,
          new Failures(now, 1),
          (before, one) -> new Failures(before.first(), before.number() + 1));
    }
    Iterator<String> oldest = entries.keySet().iterator();
    while (entries.size() > MAX_ENTRIES) {
      oldest.next();
      oldest.remove();
    }
  }

  synchronized void succeeded(List<String> keys) {
    entries.keySet().removeAll(keys);
  }

  private void removeExpired() {
    Instant over = clock.instant().minus(PERIOD);
    Iterator<Failures> oldest = entries.values().iterator();
    while (oldest.hasNext() && !oldest.next().first().isAfter(over)) {
      oldest.remove();
    }
  }
}

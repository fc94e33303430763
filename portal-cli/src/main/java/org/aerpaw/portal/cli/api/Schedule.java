package org.aerpaw.portal.cli.api;

import java.util.List;

/**
 * The schedule of dumps.
 *
 * @param expression the crontab expression, or {@code off}
 * @param last the last dump that it has begun; null before the first one
 * @param missed the last times at which no server was running; null if that never happened
 * @param paused the pause; null while there is none
 */
public record Schedule(
    String expression, String zone, List<String> next, Last last, Missed missed, Pause paused) {

  public record Last(String due, String run) {}

  public record Missed(Integer times, String first, String last) {}

  public record Pause(String until, String reason, String by) {}
}

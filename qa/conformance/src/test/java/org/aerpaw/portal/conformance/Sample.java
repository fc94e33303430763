package org.aerpaw.portal.conformance;

import static java.util.stream.Collectors.joining;

import java.util.stream.Stream;

/**
 * The text of fixture objects that say little more than what a test is about; other fields follow
 * as JSON members.
 */
final class Sample {

  private static final String MOMENTS =
      "\"created\": \"2022-01-01T00:00:01Z\", \"modified\": \"2022-01-01T00:00:02Z\"";

  private Sample() {}

  static String fixture(String... objects) {
    return Stream.of(objects).collect(joining(",\n", "[\n", "\n]\n"));
  }

  /**
   * @param members of {@code fields}, such as {@code "name": "pi"}
   */
  static String object(String model, Object pk, String... members) {
    return "{\"model\": \"%s\", \"pk\": %s, \"fields\": {%s}}"
        .formatted(model, pk, String.join(", ", members));
  }

  static String group(Object pk, String name) {
    return object("auth.group", pk, "\"name\": \"" + name + "\"");
  }

  static String profile(Object pk, String... members) {
    return timestamped("profiles.aerpawuserprofile", pk, members);
  }

  static String user(Object pk, String name, String... members) {
    return timestamped(
        "users.aerpawuser",
        pk,
        with(
            members,
            "\"username\": \"" + name + "\"",
            "\"date_joined\": \"2022-01-01T00:00:00Z\""));
  }

  static String project(Object pk, int creator, String... members) {
    return timestamped(
        "projects.aerpawproject", pk, with(members, "\"project_creator\": " + creator));
  }

  /** A member of a project. */
  static String userProject(Object pk, int project, int user) {
    return object(
        "projects.userproject",
        pk,
        "\"project\": " + project,
        "\"user\": " + user,
        "\"granted_by\": " + user,
        "\"granted_date\": \"2022-01-01T00:00:03Z\"");
  }

  static String number(Object pk, int number) {
    return timestamped("operations.canonicalnumber", pk, "\"canonical_number\": " + number);
  }

  static String experiment(Object pk, int creator, int project, int number, String... members) {
    return timestamped(
        "experiments.aerpawexperiment",
        pk,
        with(
            members,
            "\"experiment_creator\": " + creator,
            "\"project\": " + project,
            "\"canonical_number\": " + number));
  }

  static String session(Object pk, int experiment, String... members) {
    return timestamped(
        "experiments.ondemandsession", pk, with(members, "\"experiment\": " + experiment));
  }

  /** Its key is that of the session that it extends. */
  static String scheduledSession(Object pk, String... members) {
    return object("experiments.scheduledsession", pk, members);
  }

  /** Has fields of nearly every type. */
  static String fieldTrip(Object pk, String... members) {
    return timestamped("experiment_info.fieldtrip", pk, members);
  }

  static String userExperiment(Object pk, int experiment, int user) {
    return object(
        "experiments.userexperiment",
        pk,
        "\"experiment\": " + experiment,
        "\"user\": " + user,
        "\"granted_by\": " + user,
        "\"granted_date\": \"2022-01-01T00:00:03Z\"");
  }

  static String canonicalResource(Object pk, int experiment, String... members) {
    return timestamped(
        "experiments.canonicalexperimentresource",
        pk,
        with(members, "\"experiment\": " + experiment));
  }

  static String resource(Object pk, String... members) {
    return timestamped("resources.aerpawresource", pk, members);
  }

  static String file(Object pk, String... members) {
    return timestamped("experiment_files.experimentfile", pk, members);
  }

  static String formData(Object pk, String... members) {
    return timestamped("experiment_info.experimentformdata", pk, members);
  }

  static String error(Object pk, String... members) {
    return object(
        "error_handling.aerpawerror", pk, with(members, "\"datetime\": \"2022-01-01T00:00:00Z\""));
  }

  static String thread(Object pk, String... members) {
    return object(
        "error_handling.aerpawthread",
        pk,
        with(members, "\"thread_start\": \"2022-01-01T00:00:00Z\""));
  }

  static String credentials(Object pk, int owner, String... members) {
    return timestamped(
        "credentials.publiccredentials",
        pk,
        with(members, "\"owner\": " + owner, "\"expiry_date\": \"2032-01-01T00:00:00Z\""));
  }

  static String request(Object pk, int user, String... members) {
    return timestamped(
        "user_requests.aerpawuserrequest",
        pk,
        with(members, "\"requested_by\": " + user, "\"request_type_id\": 7"));
  }

  /** A message of one user. */
  static String message(Object pk, int user, String... members) {
    return timestamped(
        "user_messages.aerpawusermessage",
        pk,
        with(members, "\"message_owner\": " + user, "\"sent_by\": " + user));
  }

  private static String timestamped(String model, Object pk, String... members) {
    return object(model, pk, with(members, MOMENTS));
  }

  private static String[] with(String[] members, String... more) {
    return Stream.concat(Stream.of(more), Stream.of(members)).toArray(String[]::new);
  }
}

package org.aerpaw.portal.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.aerpaw.portal.testing.TableContents;
import org.aerpaw.portal.testing.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the portal promises over HTTP, on whatever server. It is deployed, with the load flag set,
 * on a database that was empty.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class PortalContract {

  /**
   * Payara lets an idle connection live for 30 seconds, and Servlet an asynchronous answer. A
   * request may take 900 seconds and a transaction as long as it likes; the servers of the tests
   * give both 10 seconds, to tell sooner whether that concerns a run.
   */
  private static final Duration LONGER_THAN_ANY_TIMEOUT = Duration.ofSeconds(35);

  private static final String NO_RUN = "00000000-0000-0000-0000-000000000000";

  private final TestDatabase database = Surroundings.get().database();
  private final ServedPortal portal = Surroundings.get().portal();

  @BeforeAll
  static void signUp() {
    Caller.signUp(Surroundings.get().database());
  }

  /** A call, and what it is answered if the caller is let through. None of them starts anything. */
  private record Call(String method, String path, String body, int status) {

    HttpRequest.Builder on(HttpRequest.Builder request) {
      return body == null
          ? request.method(method, BodyPublishers.noBody())
          : request
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body));
    }
  }

  private static final List<Call> CALLS =
      List.of(
          new Call("POST", "api/dumps", "{\"apps\": [\"nothing\"]}", 400),
          new Call("GET", "api/dumps", null, 405),
          new Call("POST", "api/loads", "{\"from\": \"nowhere\"}", 400),
          new Call("POST", "api/diffs", "{\"from\": \"nothing\"}", 400),
          new Call("GET", "api/runs", null, 200),
          new Call("GET", "api/runs/" + NO_RUN, null, 404),
          new Call("DELETE", "api/runs/" + NO_RUN, null, 404),
          new Call("GET", "api/runs/" + NO_RUN + "/events", null, 404),
          new Call("GET", "api/sets", null, 200),
          new Call("GET", "api/sets/nothing", null, 404),
          new Call("GET", "api/sets/nothing.zip", null, 404),
          new Call("GET", "api/sets/nothing/users.json", null, 404),
          new Call("POST", "api/sets/nothing/verify", null, 404),
          new Call("POST", "api/sets/nothing/pin", "{\"reason\": \"why\"}", 404),
          new Call("DELETE", "api/sets/nothing/pin", null, 404),
          new Call("POST", "api/sets", "{}", 415),
          new Call("POST", "api/sets/nothing/copies", null, 404),
          new Call("GET", "api/stores/default/sets", null, 200),
          new Call("GET", "api/stores/nothing/sets", null, 404),
          new Call("POST", "api/stores/nothing/sets/latest/fetch", null, 404),
          new Call("GET", "api/retention", null, 200),
          new Call("GET", "api/schedule", null, 200),
          new Call("POST", "api/schedule/pause", "{\"reason\": \"why\"}", 400),
          new Call("GET", "api/metrics", null, 200),
          new Call("GET", "api/session", null, 200),
          new Call("POST", "api/notifications/test", null, 200),
          new Call("GET", "api/apps", null, 200),
          new Call("GET", "api/nothing", null, 404),
          new Call("GET", "api", null, 404));

  @ParameterizedTest
  @EnumSource
  void apiShouldBeOpenToOperatorsAndSiteAdminsOnly(Caller caller) {
    portal.get("api/runs");
    for (Call call : CALLS) {
      HttpResponse<String> answer = portal.send(call.on(caller.sign(portal.request(call.path()))));
      assertThat(answer.statusCode())
          .as("%s %s by %s: %s", call.method(), call.path(), caller, answer.body())
          .isEqualTo(caller.status == 200 ? call.status() : caller.status);
      if (answer.statusCode() >= 400) {
        assertIsProblem(answer);
      }
      if (caller.status == 401) {
        assertThat(answer.body())
            .contains(
                caller.hasPassword()
                    ? "Wrong user name or password, or the password hash is not supported"
                    : "Authenticate with the admin token");
      }
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .hasSize(caller.status == 401 ? 2 : 0);
    }
  }

  @Test
  void pagesOfOtherSitesMayOnlyRead() {
    for (Call call : CALLS) {
      for (String[] header :
          new String[][] {{"Origin", "https://elsewhere.org"}, {"Sec-Fetch-Site", "cross-site"}}) {
        HttpResponse<String> answer =
            portal.send(call.on(portal.adminRequest(call.path()).header(header[0], header[1])));
        assertThat(answer.statusCode())
            .as("%s %s", call.method(), call.path())
            .isEqualTo(call.method().equals("GET") ? call.status() : 403);
      }
    }
  }

  @Test
  void responsesOfTheApiAreNotCached() {
    for (Call call : CALLS) {
      HttpResponse<String> answer = portal.send(call.on(portal.adminRequest(call.path())));
      assertThat(answer.headers().allValues("Cache-Control"))
          .as(call.path())
          .containsExactly("no-store");
      assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    }
  }

  @Test
  void failedLoginsShouldBeThrottledButNotTheAdminToken() {
    HttpResponse<String> answer = null;
    for (int i = 0; i <= Surroundings.MOST_FAILURES; i++) {
      answer = portal.send(Caller.WRONG_TOKEN.sign(portal.request("api/runs")));
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertIsProblem(answer);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(portal.get("api/runs").statusCode()).isEqualTo(200);
    assertThat(portal.send(Caller.WRONG_TOKEN.sign(portal.request("api/runs"))).statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"health/ready", "health/live", "openapi"})
  void healthAndDescriptionShouldBeOpenToAll(String path) {
    assertThat(portal.send(portal.request(path)).statusCode()).isEqualTo(200);
  }

  @Test
  void servedDescriptionShouldBeTheOneInTheRepository() throws IOException {
    assertThat(ServedDescription.parse(portal.send(portal.request("openapi")).body()))
        .isEqualTo(ServedDescription.parse(Surroundings.apiDescription()));
  }

  @Test
  void startShouldHaveLoadedTheFixturesOfTheProject() {
    assertThat(TableContents.of(database).get("auth_group")).hasSize(4);
  }

  @Test
  void unknownAddressOutsideOfTheApiShouldBeAProblemToo() {
    HttpResponse<String> answer = portal.send(portal.request("nothing"));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertIsProblem(answer);
  }

  static Stream<List<String>> invalidDumpRequests() {
    return Stream.of(
        List.of("not json", "the body is not JSON, or names a member twice"),
        List.of("{\"indent\": 2, \"indent\": 3}", "the body is not JSON, or names a member twice"),
        List.of("[]", "the body is not a JSON object"),
        List.of("{} {}", "the body is not JSON, or names a member twice"),
        List.of(
            "{\"apps\": " + "[".repeat(20_000), "the body is not JSON, or names a member twice"),
        List.of("{\"apps\": [null]}", "apps[0]: must not be null"),
        List.of(
            "{\"indent\": 17, \"apps\": \"users\", \"timestamps\": \"exactly\","
                + " \"exclude\": [1], \"compress\": \"rar\", \"format\": 1,"
                + " \"naturalForeign\": \"yes\", \"natural\": true, \"pks\": [1, 2.5]}",
            "natural: unknown member; allowed: apps, compress, exclude, format, indent, limit,"
                + " mask, naturalForeign, naturalPrimary, objects, pks, timestamps, with",
            "compress: must be none or gz or bz2 or xz or zst or zip",
            "format: must be json or jsonl",
            "naturalForeign: must be true or false",
            "indent: must be 0 to 16, or null",
            "timestamps: must be exact or milliseconds",
            "apps: must be a list",
            "exclude[0]: must be a string",
            "pks[1]: must be a whole number"),
        List.of(
            "{\"apps\": [\"users\"], \"pks\": [1]}",
            "pks: allowed only if apps names exactly one model"),
        List.of(
            "{\"apps\": [\"nothing\", \"users.nobody\"], \"indent\": 1.5}",
            "indent: must be a whole number",
            "apps: unknown app: nothing",
            "apps: unknown model: users.nobody"),
        List.of(
            "{\"mask\": \"../staging\"}",
            "mask: unknown masking profile; the profiles are: staging"));
  }

  @ParameterizedTest
  @MethodSource("invalidDumpRequests")
  void allProblemsOfARequestShouldBeReportedAtOnce(List<String> bodyAndReasons) {
    HttpResponse<String> answer = portal.post("api/dumps", bodyAndReasons.get(0));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertIsProblem(answer);
    assertThat(ServedPortal.json(answer).getJsonArray("errors").getValuesAs(JsonObject.class))
        .extracting(PortalContract::fieldAndReason)
        .containsExactlyInAnyOrderElementsOf(bodyAndReasons.subList(1, bodyAndReasons.size()));
  }

  @Test
  void allProblemsOfALoadOfObjectsShouldBeReportedAtOnce() {
    HttpResponse<String> answer =
        portal.post(
            "api/loads",
            "{\"objects\": [\"users.nobody:1\", \"auth.group:x\"], \"with\": \"all\","
                + " \"limit\": 0, \"mode\": \"replace\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertIsProblem(answer);
    assertThat(ServedPortal.json(answer).getJsonArray("errors").getValuesAs(JsonObject.class))
        .extracting(PortalContract::fieldAndReason)
        .containsExactlyInAnyOrder(
            "with: must be nothing or references or owned",
            "limit: must be 1 to 100000",
            "mode: replace is not possible with objects, since it would delete all others",
            "objects: unknown model: users.nobody",
            "objects: 'x' is not a key of auth.group: a key must be a whole number");
  }

  @Test
  void objectsShouldBeDumpedAndRestoredWithAReasonForEach() {
    JsonObject dump =
        portal.run("api/dumps", "{\"objects\": [\"auth.group:1\"], \"with\": \"references\"}");
    JsonObject selected =
        Json.createObjectBuilder()
            .add("model", "auth.group")
            .add("pk", 1)
            .add("reason", "requested")
            .build();
    assertThat(dump.getJsonObject("report").getJsonObject("selection").getJsonArray("objects"))
        .containsExactly(selected);

    JsonObject load =
        portal.run(
            "api/loads",
            "{\"from\": \"%s\", \"objects\": [\"auth.group:1\"], \"with\": \"owned\"}"
                .formatted(dump.getJsonObject("report").getString("set")));

    assertThat(load.getJsonObject("report").getInt("unchanged")).isEqualTo(1);
    assertThat(load.getJsonObject("report").getJsonObject("selection").getJsonArray("objects"))
        .containsExactly(selected);
  }

  @Test
  void maskedSetShouldBeMarkedAndNotBeLoadedHere() {
    String set =
        portal.run("api/dumps", "{\"mask\": \"staging\"}").getJsonObject("report").getString("set");

    JsonObject entry = ServedPortal.json(portal.get("api/sets/" + set));
    assertThat(entry.getJsonObject("manifest").getJsonObject("mask").getString("profile"))
        .isEqualTo("staging");
    assertThat(ServedPortal.json(portal.get("api/sets")).getString("latest", "")).isNotEqualTo(set);
    HttpResponse<String> answer = portal.post("api/loads", "{\"from\": \"%s\"}".formatted(set));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("only a server with PORTAL_ACCEPT_MASKED=true loads it");
  }

  private static String fieldAndReason(JsonObject error) {
    String field = error.getString("field", "");
    return field.isEmpty() ? error.getString("reason") : field + ": " + error.getString("reason");
  }

  @Test
  void bodyOfAnotherTypeShouldBeRefused() {
    HttpResponse<String> answer =
        portal.send(
            portal
                .adminRequest("api/loads")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(415);
    assertIsProblem(answer);
  }

  @Test
  void enormousBodyShouldBeRefused() {
    HttpResponse<String> answer = portal.post("api/loads", " ".repeat(3_000_000));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertIsProblem(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..%2f..%2fpom.xml",
        "%2e%2e",
        "..%2flatest",
        "%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "a%2fb",
        "users.json%00",
        "%20",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void namesThatAreNoneShouldNeverBecomePaths(String name) {
    portal.run("api/dumps", "{}");
    for (String path :
        List.of(
            "api/sets/" + name, "api/sets/" + name + "/users.json", "api/sets/latest/" + name)) {
      assertThat(portal.get(path).statusCode()).as(path).isBetween(400, 404);
    }
    HttpResponse<String> load =
        portal.post(
            "api/loads",
            Json.createObjectBuilder()
                .add("fixtures", Json.createArrayBuilder().add("../" + name))
                .build()
                .toString());
    assertThat(load.statusCode()).isEqualTo(400);
  }

  @Test
  void privateKeyShouldNotBeShown() {
    HttpResponse<String> load =
        portal.post("api/loads", "{\"identity\": \"AGE-SECRET-KEY-1WRONG\"}");

    assertThat(load.statusCode()).isEqualTo(400);
    assertThat(load.body()).contains("identity").doesNotContain("1WRONG");
    assertThat(portal.get("api/runs").body()).doesNotContain("1WRONG");
  }

  @Test
  void dumpShouldBeListedAndDownloadedWholeInPartsAndAsZip() throws IOException {
    JsonObject run = portal.run("api/dumps", "{\"apps\": [\"auth\", \"users\"]}");
    assertThat(run.getString("state")).as(run.toString()).isEqualTo("done");
    assertThat(run.getString("requestedBy")).isEqualTo("admin token");
    String set = run.getJsonObject("report").getString("set");
    JsonObject manifest =
        ServedPortal.json(portal.get("api/sets/" + set)).getJsonObject("manifest");
    String sha256 = manifest.getJsonObject("files").getJsonObject("auth.json").getString("sha256");
    byte[] written =
        Files.readAllBytes(Surroundings.get().dumpdata().resolve(set).resolve("auth.json"));

    String path = "api/sets/" + set + "/auth.json";
    HttpResponse<byte[]> whole = portal.send(portal.adminRequest(path), BodyHandlers.ofByteArray());
    assertThat(whole.body()).isEqualTo(written);
    assertThat(whole.headers().firstValue("ETag")).contains('"' + sha256 + '"');

    HttpResponse<byte[]> part =
        portal.send(
            portal.adminRequest(path).header("Range", "bytes=2-11"), BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-11/" + written.length);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(written, 2, 12));

    HttpRequest.Builder unchanged =
        portal.adminRequest(path).header("If-None-Match", '"' + sha256 + '"');
    assertThat(portal.send(unchanged).statusCode()).isEqualTo(304);
    HttpRequest.Builder beyond = portal.adminRequest(path).header("Range", "bytes=99999999-");
    assertThat(portal.send(beyond).statusCode()).isEqualTo(416);

    HttpResponse<byte[]> zip =
        portal.send(portal.adminRequest("api/sets/" + set + ".zip"), BodyHandlers.ofByteArray());
    List<String> entries = new ArrayList<>();
    try (var archive = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
      for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        entries.add(entry.getName());
        if (entry.getName().endsWith("/auth.json")) {
          assertThat(archive.readAllBytes()).isEqualTo(written);
        }
      }
    }
    var expected = new TreeSet<String>();
    manifest.getJsonObject("files").keySet().forEach(name -> expected.add(set + "/" + name));
    expected.add(set + "/manifest.json");
    assertThat(entries).containsExactlyElementsOf(expected);
  }

  @Test
  void dryRunShouldReportWhatALoadWouldDoAndRollBack() {
    database.execute("UPDATE auth_group SET name = 'renamed' WHERE name = 'operator'");
    try {
      JsonObject run =
          portal.run(
              "api/loads",
              "{\"dryRun\": true, \"ignoreNonexistent\": true,"
                  + " \"rename\": {\"auth.team\": \"auth.group\"}}");
      assertThat(run.getString("state")).as(run.toString()).isEqualTo("done");
      JsonObject report = run.getJsonObject("report");
      assertThat(report.getBoolean("dryRun")).isTrue();
      assertThat(report.getInt("updated")).isEqualTo(1);
      assertThat(report.getJsonArray("warnings"))
          .extracting(Object::toString)
          .containsExactly("\"no object has the old name auth.team\"");
      assertThat(TableContents.of(database).get("auth_group"))
          .anySatisfy(row -> assertThat(row).contains("renamed"));
    } finally {
      portal.run("api/loads", "{}");
    }
    JsonObject refused = portal.run("api/loads", "{\"mode\": \"insert\"}");
    assertThat(refused.getString("state")).isEqualTo("failed");
    assertThat(refused.getJsonArray("errors")).hasSize(4);
  }

  @Test
  void replacingLoadShouldNameTheSetThatUndoesIt() {
    JsonObject run = portal.run("api/loads", "{\"mode\": \"replace\"}");
    assertThat(run.getString("state")).as(run.toString()).isEqualTo("done");
    String undo = run.getJsonObject("report").getString("safetyBackup");
    assertThat(portal.get("api/sets/" + undo).statusCode()).isEqualTo(200);
  }

  @Test
  void setThatDiffersFromItsManifestShouldBeLoadedOnlyOnRequest() throws IOException {
    String set =
        portal
            .run("api/dumps", "{\"apps\": [\"auth\"], \"exclude\": [\"auth.permission\"]}")
            .getJsonObject("report")
            .getString("set");
    Path file = Surroundings.get().dumpdata().resolve(set).resolve("auth.json");
    Files.writeString(file, Files.readString(file) + "\n");
    String from = "{\"from\": \"" + set + "\", \"ignoreManifest\": ";
    assertThat(portal.run("api/loads", from + "false}").getString("state")).isEqualTo("failed");
    JsonObject load = portal.run("api/loads", from + "true}");
    assertThat(load.getString("state")).as(load.toString()).isEqualTo("done");
  }

  @Test
  void filesCompressedByALibraryShouldBeDumpedAndLoaded() throws IOException {
    JsonObject dump = portal.run("api/dumps", "{\"apps\": [\"auth\"], \"compress\": \"zst\"}");
    assertThat(dump.getString("state")).as(dump.toString()).isEqualTo("done");
    String set = dump.getJsonObject("report").getString("set");
    HttpResponse<byte[]> file =
        portal.send(
            portal.adminRequest("api/sets/" + set + "/auth.json.zst"), BodyHandlers.ofByteArray());
    assertThat(file.headers().firstValue("Content-Type")).contains("application/zstd");
    JsonObject load = portal.run("api/loads", "{\"from\": \"" + set + "\"}");
    assertThat(load.getString("state")).as(load.toString()).isEqualTo("done");
  }

  @Test
  void packedLinesWithNaturalKeysShouldBeDumpedAndLoaded() throws IOException {
    JsonObject dump =
        portal.run(
            "api/dumps",
            "{\"apps\": [\"auth\"], \"format\": \"jsonl\", \"compress\": \"gz\","
                + " \"naturalForeign\": true, \"naturalPrimary\": true}");
    assertThat(dump.getString("state")).as(dump.toString()).isEqualTo("done");
    String set = dump.getJsonObject("report").getString("set");
    HttpResponse<byte[]> file =
        portal.send(
            portal.adminRequest("api/sets/" + set + "/auth.jsonl.gz"), BodyHandlers.ofByteArray());
    assertThat(file.headers().firstValue("Content-Type")).contains("application/gzip");
    try (var text = new GZIPInputStream(new ByteArrayInputStream(file.body()))) {
      assertThat(new String(text.readAllBytes(), UTF_8))
          .startsWith("{\"model\": \"auth.")
          .doesNotContain("\"pk\"");
    }
    JsonObject load =
        portal.run("api/loads", "{\"from\": \"" + set + "\", \"fixtures\": [\"auth\"]}");
    assertThat(load.getString("state")).as(load.toString()).isEqualTo("done");
    assertThat(load.getJsonObject("report").getInt("created")).isZero();
    assertThat(load.getJsonObject("report").getInt("updated")).isZero();
  }

  @Test
  void setShouldSayWhenItWasVerified() {
    String path =
        "api/sets/" + portal.run("api/dumps", "{}").getJsonObject("report").getString("set");
    assertThat(ServedPortal.json(portal.get(path)).isNull("verified")).isTrue();
    assertThat(ServedPortal.json(portal.get(path)).isNull("verification")).isTrue();
    JsonObject run = portal.run(path + "/verify", "");
    assertThat(run.getString("state")).as(run.toString()).isEqualTo("done");
    assertThat(run.getString("kind")).isEqualTo("verify");
    assertThat(Instant.parse(ServedPortal.json(portal.get(path)).getString("verified")))
        .isAfterOrEqualTo(Instant.parse(run.getString("started")));
    assertThat(ServedPortal.json(portal.get(path)).getString("verification")).isEqualTo("passed");
  }

  @Test
  void diffShouldCompareASetWithTheDatabase() throws SQLException {
    String set =
        portal.run("api/dumps", "{\"apps\": [\"auth\"]}").getJsonObject("report").getString("set");
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute("UPDATE auth_group SET name = name || '2' WHERE id = 1");
      JsonObject run =
          portal.run(
              "api/diffs",
              "{\"from\": \"%s\", \"models\": [\"auth.group\"], \"values\": true}".formatted(set));
      statement.execute("UPDATE auth_group SET name = 'experimenter' WHERE id = 1");

      assertThat(run.getString("state")).as(run.toString()).isEqualTo("done");
      assertThat(run.getString("kind")).isEqualTo("diff");
      JsonObject report = run.getJsonObject("report");
      assertThat(report.getString("from")).isEqualTo(set);
      assertThat(report.getString("to")).isEqualTo("database");
      assertThat(report.getJsonArray("models").toString())
          .isEqualTo(
              "[{\"model\":\"auth.group\",\"added\":0,\"removed\":0,\"changed\":1,\"equal\":3}]");
      assertThat(report.getJsonArray("differences").toString())
          .isEqualTo(
              "[{\"model\":\"auth.group\",\"pk\":1,\"change\":\"changed\",\"fields\":[{\"name\":\"name\","
                  + "\"values\":{\"from\":\"experimenter\",\"to\":\"experimenter2\"}}]}]");
    }
    HttpResponse<String> invalid =
        portal.post("api/diffs", "{\"from\": \"database\", \"to\": 1, \"models\": [\"ghosts\"]}");
    assertThat(invalid.statusCode()).isEqualTo(400);
    assertThat(invalid.body())
        .contains("\"field\":\"from\"", "\"field\":\"to\"", "\"field\":\"models\"");
  }

  @Test
  void setShouldBeCopiedToTheStoreAndComeBack() throws IOException {
    String set = portal.run("api/dumps", "{}").getJsonObject("report").getString("set");
    String path = "api/sets/" + set;

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                portal
                    .get(path)
                    .body()
                    .contains("\"copies\":[{\"store\":\"default\",\"state\":\"copied\"}]"));
    assertThat(portal.get("api/stores/default/sets").body())
        .contains("{\"id\":\"" + set + "\",\"complete\":true,")
        .doesNotContain(Surroundings.get().store().toString());
    assertThat(ServedPortal.json(portal.send(portal.request("api/health").GET())))
        .containsKey("lastCopy");
    assertThat(portal.get("api/metrics").body())
        .containsPattern(
            "portal_backup_copy_last_success_timestamp_seconds\\{store=\"default\"} 1\\.\\d+E9\n");
    JsonObject copy = portal.run(path + "/copies", "").getJsonObject("report");
    assertThat(copy.getJsonArray("files").toString()).doesNotContain("\"present\":false");

    String fetch = "api/stores/default/sets/" + set + "/fetch";
    assertThat(portal.post(fetch, "").body()).contains("is already on this server");
    deleteSet(set);
    JsonObject run = portal.run(fetch, "");
    assertThat(run.getString("state")).as(run.toString()).isEqualTo("done");
    assertThat(ServedPortal.json(portal.get(path)).getJsonObject("pinned").getString("reason"))
        .isEqualTo("fetched from the store");
    assertThat(portal.run(path + "/verify", "").getString("state")).isEqualTo("done");
  }

  @Test
  void downloadedArchiveShouldBeUploadedAgain() throws IOException {
    String set = portal.run("api/dumps", "{}").getJsonObject("report").getString("set");
    byte[] zip =
        portal
            .send(portal.adminRequest("api/sets/" + set + ".zip"), BodyHandlers.ofByteArray())
            .body();
    assertThat(portal.upload(zip).statusCode()).as("status for an identical set").isEqualTo(200);

    deleteSet(set);
    HttpResponse<String> uploaded = portal.upload(zip);

    assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(201);
    assertThat(portal.path(uploaded.headers().firstValue("Location").orElseThrow()))
        .isEqualTo("api/sets/" + set);
    assertThat(ServedPortal.json(uploaded).getString("id")).isEqualTo(set);
    HttpResponse<String> refused = portal.upload("no zip".getBytes(UTF_8));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("is not a readable zip archive");
    assertIsProblem(refused);
  }

  /** As an operator does by hand. */
  private static void deleteSet(String set) throws IOException {
    try (Stream<Path> files = Files.walk(Surroundings.get().dumpdata().resolve(set))) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }

  @Test
  void pinnedSetShouldBeKeptForItsReason() {
    String set = portal.run("api/dumps", "{}").getJsonObject("report").getString("set");
    String pin = "api/sets/" + set + "/pin";

    assertThat(portal.post(pin, "{\"reason\": \" \"}").body())
        .contains("\"field\":\"reason\",\"reason\":\"must not be empty\"");
    JsonObject pinned = ServedPortal.json(portal.post(pin, "{\"reason\": \"before upgrade\"}"));
    assertThat(pinned.getJsonObject("pinned").getString("by")).isEqualTo("admin token");
    assertThat(pinned.getJsonArray("kept").toString()).contains("\"pinned: before upgrade\"");
    assertThat(portal.get("api/retention").body())
        .contains(
            "{\"set\":\"" + set + "\",\"kept\":true,\"reasons\":[\"newest\",", "before upgrade");

    JsonObject unpinned = ServedPortal.json(portal.send(portal.adminRequest(pin).DELETE()));
    assertThat(unpinned).doesNotContainKey("pinned");
    JsonObject applied = ServedPortal.json(portal.post("api/retention", ""));
    assertThat(applied.getJsonArray("warnings")).isEmpty();
  }

  @Test
  void healthAndMetricsShouldShowTheNewestSet() {
    String set = portal.run("api/dumps", "{}").getJsonObject("report").getString("set");

    HttpResponse<String> health = portal.send(portal.request("api/health").GET());
    assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
    assertThat(health.headers().firstValue("Content-Type")).contains("application/health+json");
    String taken = ServedPortal.json(health).getString("lastBackup");
    assertThat(taken.replaceAll("[-:]", "")).isEqualTo(set);
    assertThat(health.body()).doesNotContain(Surroundings.get().dumpdata().toString());

    HttpResponse<String> metrics = portal.get("api/metrics");
    assertThat(metrics.headers().firstValue("Content-Type"))
        .contains("text/plain;charset=utf-8;version=0.0.4");
    assertThat(metrics.body())
        .containsPattern("portal_backup_last_success_timestamp_seconds 1\\.\\d+E9\n")
        .contains("portal_backup_last_run_success{kind=\"dump\"} 1.0\n");
    HttpResponse<String> openMetrics =
        portal.send(
            portal.adminRequest("api/metrics").header("Accept", "application/openmetrics-text"));
    assertThat(openMetrics.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text;")
        .contains("version=1.0.0");
    assertThat(openMetrics.body()).endsWith("# EOF\n");
  }

  @Test
  void sessionShouldBeACookieThatPagesOfOtherSitesCannotUse() {
    HttpResponse<String> begun = portal.post("api/session", "");
    String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .startsWith("portal-session=")
        .contains("HttpOnly", "SameSite=Strict", "Max-Age=43200", "Path=/api");
    String session = cookie.substring(0, cookie.indexOf(';'));

    assertThat(portal.send(portal.request("api/session").header("Cookie", session)).body())
        .isEqualTo("{\"user\":\"admin token\"}");
    HttpRequest.Builder writing =
        portal
            .request("api/dumps")
            .header("Cookie", session)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"apps\": [\"nothing\"]}"));
    assertThat(portal.send(writing).statusCode()).isEqualTo(401);
    HttpResponse<String> byConsole = portal.send(writing.header("X-Portal-Console", "1"));
    assertThat(byConsole.statusCode()).isEqualTo(400);

    HttpResponse<String> forged =
        portal.send(
            portal
                .request("api/session")
                .header("Cookie", session.replaceFirst("=..", "=AA"))
                .header("X-Portal-Console", "1"));
    assertThat(forged.statusCode()).isEqualTo(401);
    assertThat(forged.headers().allValues("WWW-Authenticate"))
        .as("a browser would ask for a password")
        .containsExactly("Bearer realm=\"portal\"");
    assertThat(
            portal
                .send(portal.adminRequest("api/session").DELETE())
                .headers()
                .firstValue("Set-Cookie"))
        .hasValueSatisfying(ended -> assertThat(ended).contains("Max-Age=0"));
  }

  @Test
  void consoleShouldBeServedWithAPolicyThatAllowsNothingFromElsewhere() {
    HttpResponse<String> root = portal.send(portal.request(""));
    assertThat(root.statusCode()).isEqualTo(302);
    assertThat(root.headers().firstValue("Location").orElseThrow()).endsWith("/console/");

    HttpResponse<String> page = portal.send(portal.request("console/"));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'self';");
    assertThat(page.body()).contains("<noscript>", "./portal status");
    assertThat(
            portal.send(portal.request("console/console.js")).headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).contains("javascript"));
  }

  @Test
  void scheduleShouldBePausedAndResumed() {
    JsonObject schedule = ServedPortal.json(portal.get("api/schedule"));
    assertThat(schedule.getString("expression")).isEqualTo(Surroundings.SCHEDULE);
    assertThat(schedule.getJsonArray("next")).hasSize(3);

    HttpResponse<String> refused =
        portal.post(
            "api/schedule/pause", "{\"until\": \"2020-01-01T00:00:00Z\", \"reason\": \"late\"}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("must be in the future");
    JsonObject paused =
        ServedPortal.json(
            portal.post(
                "api/schedule/pause",
                "{\"until\": \"2999-01-01T00:00:00Z\", \"reason\": \"an upgrade\"}"));
    assertThat(paused.getJsonObject("paused").getString("reason")).isEqualTo("an upgrade");
    assertThat(paused.getJsonArray("next").getString(0)).startsWith("2999-");

    JsonObject resumed =
        ServedPortal.json(portal.send(portal.adminRequest("api/schedule/pause").DELETE()));
    assertThat(resumed).doesNotContainKey("paused");
  }

  @Test
  void eventsShouldTellOfARunUntilItHasEnded() throws SQLException {
    HttpResponse<Stream<String>> events;
    try (var holdUp = database.connect()) {
      holdUp(holdUp);
      events = eventsOf(startedDump());
    }
    assertThat(names(events)).startsWith("progress").endsWith("done").containsOnlyOnce("done");
  }

  /**
   * D46. The dump waits for a lock, so that nothing is done and nothing is told meanwhile. It comes
   * first, since other classes can use the processors while it waits.
   */
  @Test
  @Order(1)
  void dumpShouldOutlastTheTimeoutsOfTheServer() throws SQLException {
    String dump;
    HttpResponse<Stream<String>> events;
    try (var holdUp = database.connect()) {
      holdUp(holdUp);
      dump = startedDump();
      events = eventsOf(dump);
      Awaitility.await()
          .during(LONGER_THAN_ANY_TIMEOUT)
          .atMost(LONGER_THAN_ANY_TIMEOUT.multipliedBy(2))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> portal.found(dump).getString("state").equals("running"));
    }
    assertThat(names(events)).endsWith("done");
    assertThat(portal.ended(dump).getString("state")).isEqualTo("done");
  }

  @Test
  void secondRunShouldBeRefusedWithTheAddressOfTheFirst() throws SQLException {
    portal.run("api/dumps", "{}");
    String first;
    try (var holdUp = database.connect()) {
      holdUp(holdUp);
      first = startedDump();
      for (String path : List.of("api/dumps", "api/loads", "api/diffs", "api/sets/latest/verify")) {
        HttpResponse<String> second = portal.post(path, "{}");
        assertThat(second.statusCode()).isEqualTo(409);
        assertIsProblem(second);
        assertThat(second.headers().firstValue("Location")).contains(first);
      }
    }
    assertThat(portal.ended(first).getString("state")).isEqualTo("done");
  }

  @Test
  void runThatWaitsForALockCanBeCancelledAndOthersAnswerAtOnce() throws SQLException {
    try (Connection other = database.connect()) {
      holdUp(other);
      String run = portal.path(startedDump());
      Awaitility.await().until(() -> portal.get(run).body().contains("held by pid"));

      assertThat(portal.get("api/apps").statusCode()).isEqualTo(200);
      HttpResponse<String> health = portal.get("health/ready");
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).contains(" is locked");
      assertThat(portal.send(portal.adminRequest(run).DELETE()).statusCode()).isEqualTo(202);

      assertThat(portal.ended(run).getJsonArray("errors").toString())
          .contains("cancelled by", "; nothing was changed");
      assertThat(portal.send(portal.adminRequest(run).DELETE()).statusCode()).isEqualTo(409);
    }
  }

  @Test
  void portalShouldOutliveARestartOfTheDatabase() {
    database.refuseConnections();
    try {
      assertThat(portal.get("health/ready").statusCode()).isEqualTo(503);
      for (String path : List.of("api/apps", "api/runs")) {
        HttpResponse<String> answer = portal.get(path);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertIsProblem(answer);
      }
      HttpResponse<String> signIn = portal.send(Caller.OPERATOR.sign(portal.request("api/apps")));
      assertThat(signIn.statusCode()).isEqualTo(503);
    } finally {
      database.acceptConnections();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> portal.get("health/ready").statusCode() == 200);
    assertThat(portal.run("api/dumps", "{}").getString("state")).isEqualTo("done");
  }

  @Test
  void dumpsShouldBeForTheirOwnerOnly() throws IOException {
    String set = portal.run("api/dumps", "{}").getJsonObject("report").getString("set");
    Path folder = Surroundings.get().dumpdata().resolve(set);
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve("users.json"))).isEqualTo("rw-------");
  }

  /** Dumps and verifications wait until the connection is closed. */
  private static void holdUp(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("LOCK TABLE users_aerpawuser");
    }
  }

  /** Its address. */
  private String startedDump() {
    return portal.post("api/dumps", "{}").headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<Stream<String>> eventsOf(String run) {
    return portal.send(portal.adminRequest(portal.path(run) + "/events"), BodyHandlers.ofLines());
  }

  /** Read to the end. */
  private static List<String> names(HttpResponse<Stream<String>> events) {
    return events
        .body()
        .filter(line -> line.startsWith("event: "))
        .map(line -> line.substring(7))
        .toList();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void assertIsProblem(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonObject problem = ServedPortal.json(answer);
    assertThat(problem.getInt("status")).isEqualTo(answer.statusCode());
    assertThat(problem).containsKeys("type", "title", "detail");
    assertThat(answer.body()).doesNotContain("Exception", "\tat ", System.getProperty("user.dir"));
  }
}

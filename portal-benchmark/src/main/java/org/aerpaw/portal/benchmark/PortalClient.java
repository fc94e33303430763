package org.aerpaw.portal.benchmark;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** A client of a portal that serves. */
final class PortalClient {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CONFLICT = 409;
  private static final long SHORTEST_PAUSE_NANOS = 10_000_000;
  private static final int LOOKS_FOR_EACH_DURATION = 50;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI portal;
  private final String token;

  PortalClient(URI portal, String token) {
    this.portal = portal;
    this.token = token;
  }

  /** All apps, with exact timestamps and an indent of 2. */
  PortalRun dump() throws BenchmarkException, IOException, InterruptedException {
    return run("/api/dumps", Json.createObjectBuilder().build());
  }

  /** A set, in mode merge. */
  PortalRun load(String set) throws BenchmarkException, IOException, InterruptedException {
    return run("/api/loads", Json.createObjectBuilder().add("from", set).build());
  }

  /**
   * Starts a run and waits for its end. Looks more seldom the longer it takes, so that looking costs the run next to nothing and the end is noticed within a
   * fiftieth of its time.
   */
  private PortalRun run(String path, JsonObject body)
      throws BenchmarkException, IOException, InterruptedException {
    HttpRequest start =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    long begin = System.nanoTime();
    HttpResponse<String> answer = http.send(start, HttpResponse.BodyHandlers.ofString());
    while (answer.statusCode() == CONFLICT) {
      // The run before has told its end and holds its lock for a moment more.
      Thread.sleep(10);
      begin = System.nanoTime();
      answer = http.send(start, HttpResponse.BodyHandlers.ofString());
    }
    JsonObject run = json(answer);
    HttpRequest look = request("/api/runs/" + run.getString("id")).build();
    while (run.getString("state").equals("running")) {
      long waited = System.nanoTime() - begin;
      Thread.sleep(Math.max(SHORTEST_PAUSE_NANOS, waited / LOOKS_FOR_EACH_DURATION) / 1_000_000);
      run = json(http.send(look, HttpResponse.BodyHandlers.ofString()));
    }
    Duration seen = Duration.ofNanos(System.nanoTime() - begin);
    if (!run.getString("state").equals("done")) {
      throw new BenchmarkException("A run failed: " + run.getJsonArray("errors"));
    }
    return new PortalRun(
        seen,
        Duration.between(
            Instant.parse(run.getString("started")), Instant.parse(run.getString("finished"))),
        run.getJsonObject("report"));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(portal.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private static JsonObject json(HttpResponse<String> answer) throws BenchmarkException {
    if (answer.statusCode() >= 300) {
      throw new BenchmarkException(
          "The portal answered " + answer.statusCode() + ": " + answer.body());
    }
    try (var reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }
}

package org.aerpaw.portal.benchmark.portal;

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
import org.aerpaw.portal.benchmark.process.BenchmarkException;

/** A client of a running portal. */
public final class PortalClient {

  private static final Duration MAX_WAIT = Duration.ofSeconds(60);
  private static final int CONFLICT = 409;

  /**
   * Long, since an answer takes processor time from the measured run. Durations do not depend on
   * it: the server states when a run ended.
   */
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(MAX_WAIT).build();
  private final URI portal;
  private final String token;

  PortalClient(URI portal, String token) {
    this.portal = portal;
    this.token = token;
  }

  /** All apps, with exact timestamps and an indent of 2. */
  public PortalRun dump() throws BenchmarkException, IOException, InterruptedException {
    return run("/api/dumps", Json.createObjectBuilder().build());
  }

  /** A set with the database. */
  public PortalRun diff(String set) throws BenchmarkException, IOException, InterruptedException {
    return run("/api/diffs", Json.createObjectBuilder().add("from", set).build());
  }

  /** Starts a run and waits for its end, which the server tells by the clock that both share. */
  private PortalRun run(String path, JsonObject body)
      throws BenchmarkException, IOException, InterruptedException {
    HttpRequest start =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    Instant begin = Instant.now();
    HttpResponse<String> answer = http.send(start, HttpResponse.BodyHandlers.ofString());
    while (answer.statusCode() == CONFLICT) {
      // The previous run holds its lock for a moment after its end.
      Thread.sleep(10);
      begin = Instant.now();
      answer = http.send(start, HttpResponse.BodyHandlers.ofString());
    }
    JsonObject run = json(answer);
    HttpRequest look = request("/api/runs/" + run.getString("id")).build();
    while (run.getString("state").equals("running")) {
      Thread.sleep(POLL_INTERVAL.toMillis());
      run = json(http.send(look, HttpResponse.BodyHandlers.ofString()));
    }
    if (!run.getString("state").equals("done")) {
      throw new BenchmarkException("A run failed: " + run.getJsonArray("errors"));
    }
    Instant end = Instant.parse(run.getString("finished"));
    return completed(run, Duration.between(begin, end));
  }

  /** The run that was started last and has succeeded. */
  PortalRun newestRun(Duration observed)
      throws BenchmarkException, IOException, InterruptedException {
    HttpRequest list = request("/api/runs").build();
    JsonObject runs = json(http.send(list, HttpResponse.BodyHandlers.ofString()));
    return completed(runs.getJsonArray("runs").getJsonObject(0), observed);
  }

  private static PortalRun completed(JsonObject run, Duration observed) {
    return new PortalRun(
        observed,
        Duration.between(
            Instant.parse(run.getString("started")), Instant.parse(run.getString("finished"))),
        run.getJsonObject("report"));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(portal.resolve(path))
        .timeout(MAX_WAIT)
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

package org.aerpaw.portal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A portal that serves, for a test to talk to. */
public final class ServedPortal {

  private static final String BEARER = "Bearer " + Surroundings.TOKEN;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  /**
   * @param base its address, with a slash at the end; its admin token is that of {@link
   *     Surroundings}
   */
  public ServedPortal(URI base) {
    this.base = base;
  }

  /** A request that is ready to be sent, by nobody yet. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
  }

  /** A request of the admin token's holder. */
  HttpRequest.Builder adminRequest(String path) {
    return request(path).header("Authorization", BEARER);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofString());
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request.build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public HttpResponse<String> get(String path) {
    return send(adminRequest(path).GET());
  }

  public HttpResponse<String> post(String path, String json) {
    return send(
        adminRequest(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Uploads a set. */
  public HttpResponse<String> upload(byte[] zip) {
    return send(
        adminRequest("api/sets")
            .header("Content-Type", "application/zip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(zip)));
  }

  /** Starts a dump or load, which must be accepted, and waits until it has ended. */
  public JsonObject run(String path, String json) {
    HttpResponse<String> accepted = post(path, json);
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    return ended(accepted.headers().firstValue("Location").orElseThrow());
  }

  /** Waits until the run with this address has ended. */
  JsonObject ended(String location) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> found(location), run -> !run.getString("state").equals("running"));
  }

  /** The run with this address as it stands now. */
  JsonObject found(String location) {
    return json(get(path(location)));
  }

  /** What follows the portal's own address. */
  String path(String location) {
    return base.relativize(URI.create(location)).toString();
  }

  public static JsonObject json(HttpResponse<String> answer) {
    return Json.createReader(new StringReader(answer.body())).readObject();
  }
}

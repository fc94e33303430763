package org.aerpaw.portal.launcher.client;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.aerpaw.portal.launcher.StateDirectory;

/** A portal that serves, seen from a command. */
final class PortalClient {

  private static final URI USUAL = URI.create("http://127.0.0.1:8080");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI portal;
  private final Optional<String> token;

  private PortalClient(URI portal, Optional<String> token) {
    this.portal = portal;
    this.token = token;
  }

  /** The portal that {@code PORTAL_URL} names, else the one that was started here. */
  static PortalClient ofEnvironment() throws CommandFailedException {
    try {
      StateDirectory state = StateDirectory.ofEnvironment();
      String url = System.getenv().getOrDefault("PORTAL_URL", "").strip();
      URI portal = url.isEmpty() ? state.url().orElse(USUAL) : URI.create(url);
      if (portal.getHost() == null) {
        throw new CommandFailedException(
            ExitStatus.WORDS_OFF,
            "PORTAL_URL is an address such as " + USUAL + ", not '" + url + "'");
      }
      return new PortalClient(portal, state.token());
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(
          ExitStatus.WORDS_OFF, "PORTAL_URL is no address: " + e.getMessage());
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED, "The admin token cannot be read: " + e.getMessage());
    }
  }

  JsonObject get(String path) throws CommandFailedException {
    return send(request(path).GET().build());
  }

  /**
   * Starts a run and follows it to its end.
   *
   * @param look what to do with the run while it goes on
   * @return the run, done
   * @throws CommandFailedException if it was refused or failed
   */
  JsonObject run(String path, JsonObject body, Consumer<JsonObject> look)
      throws CommandFailedException {
    JsonObject run =
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    while (run.getString("state").equals("running")) {
      look.accept(run);
      pause();
      run = get("api/runs/" + run.getString("id"));
    }
    if (!run.getString("state").equals("done")) {
      throw new CommandFailedException(
          ExitStatus.FAILED, ErrorFormatter.of(run, "The run failed."));
    }
    return run;
  }

  private static void pause() throws CommandFailedException {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED, "Interrupted; what was started goes on in the server.");
    }
  }

  private HttpRequest.Builder request(String path) {
    String base = portal.toString().endsWith("/") ? portal.toString() : portal + "/";
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  private JsonObject send(HttpRequest request) throws CommandFailedException {
    HttpResponse<String> answer;
    try {
      answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new CommandFailedException(
          ExitStatus.NO_SERVER, "No portal answers on " + portal + "; ./run_server.sh starts one.");
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitStatus.NO_SERVER, "No portal answers on " + portal + " any more: " + e.getMessage());
    } catch (InterruptedException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED, "Interrupted; what was started goes on in the server.");
    }
    JsonObject json = parse(answer);
    if (answer.statusCode() >= 400) {
      throw new CommandFailedException(
          answer.statusCode() == 400 ? ExitStatus.WORDS_OFF : ExitStatus.FAILED,
          ErrorFormatter.of(json, json.getString("detail", "Status " + answer.statusCode() + ".")));
    }
    return json;
  }

  private JsonObject parse(HttpResponse<String> answer) throws CommandFailedException {
    try (var reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    } catch (JsonException e) {
      throw new CommandFailedException(
          ExitStatus.NO_SERVER,
          "What answers on "
              + portal
              + " is no portal: status "
              + answer.statusCode()
              + " and no JSON.");
    }
  }
}

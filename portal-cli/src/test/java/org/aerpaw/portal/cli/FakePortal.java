package org.aerpaw.portal.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.display.CommandContext;

/** An HTTP server with fixed answers, and commands that call it. */
final class FakePortal implements AutoCloseable {

  static final String TOKEN = "secret";

  private record Answer(int status, byte[] body) {

    private static Answer of(int status, String body) {
      return new Answer(status, body.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** What a command printed and how it ended. */
  record Outcome(ExitStatus status, String out, String err) {}

  private final HttpServer server;
  private final Map<String, Answer> answers = new HashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  FakePortal() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * @param request method and path
   */
  FakePortal answering(String request, int status, String body) {
    answers.put(request, Answer.of(status, body));
    return this;
  }

  FakePortal answering(String request, byte[] file) {
    answers.put(request, new Answer(206, file));
    return this;
  }

  /** Method, path and body of each request, in order. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      requests.add((request + " " + body).strip());
      boolean known =
          ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      Answer answer =
          known
              ? answers.getOrDefault(request, Answer.of(404, "{\"detail\": \"Not found.\"}"))
              : Answer.of(401, "{\"detail\": \"Sign in.\"}");
      byte[] bytes = answer.body();
      if (request.equals("GET /api/health") && bytes.length > 0 && bytes[0] == '{') {
        exchange.getResponseHeaders().set("Content-Type", "application/health+json");
      }
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  Outcome run(String... args) {
    return runWithToken(TOKEN, args);
  }

  Outcome runWithToken(String token, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    var context =
        new CommandContext(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            () -> new PortalClient(url, Optional.of(token)));
    ExitStatus status = new Portal(context).execute(args);
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

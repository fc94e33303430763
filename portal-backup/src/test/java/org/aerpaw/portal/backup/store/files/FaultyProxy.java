package org.aerpaw.portal.backup.store.files;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in front of an S3 server and answers some requests itself, with an error. */
final class FaultyProxy implements AutoCloseable {

  /** Decides which requests fail. */
  @FunctionalInterface
  interface Fault {

    /**
     * @param number of the request, from 1 on
     * @return the status of the answer; 0 to let the server answer
     */
    int status(int number, HttpExchange request);
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final InetSocketAddress behind;
  private final Fault fault;
  private final String code;
  private final AtomicInteger requests = new AtomicInteger();

  private FaultyProxy(URI behind, Fault fault, String code) throws IOException {
    this.behind = new InetSocketAddress(behind.getHost(), behind.getPort());
    this.fault = fault;
    this.code = code;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /**
   * @param code the S3 error code in the answers
   */
  static FaultyProxy before(S3Server server, String code, Fault fault) throws IOException {
    return new FaultyProxy(server.endpoint(), fault, code);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  int requests() {
    return requests.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      int status = fault.status(requests.incrementAndGet(), exchange);
      if (status == 0) {
        forward(exchange, body);
        return;
      }
      byte[] error =
          "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>no</Message></Error>"
              .formatted(code)
              .getBytes(StandardCharsets.UTF_8);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.getResponseHeaders().add("Content-Type", "application/xml");
      exchange.sendResponseHeaders(status, head ? -1 : error.length);
      if (!head) {
        exchange.getResponseBody().write(error);
      }
    }
  }

  /** Over a plain socket, since the signature covers headers that HTTP clients set themselves. */
  private void forward(HttpExchange exchange, byte[] body) throws IOException {
    var head = new StringBuilder();
    head.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI());
    head.append(" HTTP/1.1\r\n");
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("Connection") && !name.equalsIgnoreCase("Expect")) {
                values.forEach(value -> head.append(name + ": " + value + "\r\n"));
              }
            });
    head.append("Connection: close\r\n\r\n");
    try (var socket = new Socket(behind.getAddress(), behind.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      relay(exchange, socket.getInputStream().readAllBytes());
    }
  }

  private static void relay(HttpExchange exchange, byte[] answer) throws IOException {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    String[] lines = text.substring(0, end).split("\r\n");
    boolean chunked = false;
    for (int i = 1; i < lines.length; i++) {
      String[] header = lines[i].split(": ", 2);
      chunked |= header[0].equalsIgnoreCase("Transfer-Encoding");
      if (!header[0].matches("(?i)Transfer-Encoding|Content-Length|Connection|Date")) {
        exchange.getResponseHeaders().add(header[0], header[1]);
      }
    }
    byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    if (chunked) {
      body = unchunked(text.substring(end + 4)).getBytes(StandardCharsets.ISO_8859_1);
    }
    int status = Integer.parseInt(lines[0].split(" ")[1]);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static String unchunked(String chunks) {
    var body = new StringBuilder();
    int at = 0;
    while (true) {
      int end = chunks.indexOf("\r\n", at);
      int length = Integer.parseInt(chunks.substring(at, end).strip(), 16);
      if (length == 0) {
        return body.toString();
      }
      body.append(chunks, end + 2, end + 2 + length);
      at = end + 2 + length + 2;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

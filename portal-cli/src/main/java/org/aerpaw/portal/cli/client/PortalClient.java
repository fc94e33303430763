package org.aerpaw.portal.cli.client;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.cli.api.Problem;
import org.aerpaw.portal.cli.api.Run;
import org.aerpaw.portal.cli.api.SetEntry;
import org.aerpaw.portal.launcher.StateDirectory;

/**
 * Calls the REST API of a running portal.
 *
 * <p>Uses {@link HttpURLConnection}, because {@code java.net.http} takes 0.3 seconds longer to
 * start.
 */
public final class PortalClient {

  private static final String DEFAULT_URL = "http://127.0.0.1:8080";
  private static final int TIMEOUT_MILLIS = 60_000;

  /** The server unpacks and checks an upload before it answers. */
  private static final int UPLOAD_TIMEOUT_MILLIS = 900_000;

  private static final int RECONNECT_MILLIS = 200;
  private static final JSON READER = JSON.std;
  private static final JSON WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

  static {
    // A POST must not be repeated if the connection is lost: it may have started a run.
    System.setProperty("sun.net.http.retryPost", "false");
  }

  private final String url;
  private final Optional<String> token;

  /** Receives a run whenever the server reports progress, and when the run has ended. */
  @FunctionalInterface
  public interface RunListener {

    /**
     * @param json the run as the server sent it
     */
    void changed(Run run, String json);
  }

  public PortalClient(URI portal, Optional<String> token) {
    String text = portal.toString();
    this.url = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.token = token;
  }

  /** A client of the portal that {@code PORTAL_URL} names, by default of the one started here. */
  public static PortalClient ofEnvironment() throws CommandFailedException {
    StateDirectory state = StateDirectory.ofEnvironment();
    String given = System.getenv("PORTAL_URL");
    try {
      if (given == null || given.isBlank()) {
        return new PortalClient(state.url().orElse(URI.create(DEFAULT_URL)), state.token());
      }
      URI portal = URI.create(given.strip());
      boolean http = "http".equals(portal.getScheme()) || "https".equals(portal.getScheme());
      if (portal.getHost() == null || !http) {
        throw new IllegalArgumentException(given);
      }
      return new PortalClient(portal, state.token());
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(
          ExitStatus.WRONG_USAGE,
          "PORTAL_URL must be a URL such as " + DEFAULT_URL + ", but is '" + given + "'.");
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED, "The admin token cannot be read: " + e.getMessage());
    }
  }

  /** Encodes a name for use as one segment of a path. */
  public static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Returns the JSON text that the server answers. */
  public String get(String path) throws CommandFailedException {
    return send("GET", path, null);
  }

  public <T> T get(String path, Class<T> type) throws CommandFailedException {
    return parse(get(path), type);
  }

  /** Returns the first bytes that the server answers, at most this many. */
  public byte[] firstBytes(String path, int bytes) throws CommandFailedException {
    HttpURLConnection connection = open("GET", path);
    connection.setRequestProperty("Range", "bytes=0-" + (bytes - 1));
    connection.setRequestProperty("Accept", "*/*");
    requireSuccess(connection);
    try (InputStream body = connection.getInputStream()) {
      return body.readNBytes(bytes);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** Returns the health of the backups as JSON text, whether they are healthy or not. */
  public String health() throws CommandFailedException {
    HttpURLConnection connection = open("GET", "api/health");
    try {
      if (connection.getResponseCode() == 503
          && "application/health+json".equals(connection.getContentType())) {
        return read(connection.getErrorStream());
      }
      requireSuccess(connection);
      return read(connection.getInputStream());
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /**
   * Changes something that is not a run.
   *
   * @param request the request's body, or null for none
   */
  public <T> T send(String method, String path, Object request, Class<T> type)
      throws CommandFailedException {
    return parse(send(method, path, request), type);
  }

  /**
   * Starts a run.
   *
   * @param request the request's body, or null for none
   */
  public Run start(String path, Object request) throws CommandFailedException {
    return send("POST", path, request, Run.class);
  }

  /** Returns the report of a run that is done as JSON text. */
  public String report(String run) throws CommandFailedException {
    try {
      Map<String, Object> json = READER.mapFrom(get("api/runs/" + segment(run)));
      return WRITER.asString(json.get("report"));
    } catch (IOException e) {
      throw notAPortal();
    }
  }

  /** Cancels a run, which ends soon after. */
  public Run cancel(Run run) throws CommandFailedException {
    return send("DELETE", "api/runs/" + segment(run.id()), null, Run.class);
  }

  /**
   * @throws CommandFailedException with the run's errors unless it is done
   */
  public static Run requireDone(Run run) throws CommandFailedException {
    if (run.isDone()) {
      return run;
    }
    List<String> errors = errors(run);
    throw new CommandFailedException(
        ExitStatus.FAILED, errors.isEmpty() ? List.of("The run failed.") : errors);
  }

  /** The errors of a run, one line each. */
  public static List<String> errors(Run run) {
    return ErrorFormatter.format(run.errors());
  }

  /** Waits until a run has ended and returns it as it is then. */
  public Run follow(Run run, RunListener listener) throws CommandFailedException {
    Run current = run;
    while (current.isRunning()) {
      current = readEvents(run.id(), listener);
      if (current.isRunning()) {
        pause();
      }
    }
    return current;
  }

  /** Reads events until the run ends, nothing happens for a while, or the connection is lost. */
  private Run readEvents(String id, RunListener listener) throws CommandFailedException {
    String path = "api/runs/" + id;
    HttpURLConnection connection = open("GET", path + "/events");
    connection.setRequestProperty("Accept", "text/event-stream");
    requireSuccess(connection);
    var data = new StringBuilder();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:")) {
          data.append(line.substring(line.startsWith("data: ") ? 6 : 5));
        } else if (line.isEmpty() && data.length() > 0) {
          String json = data.toString();
          data.setLength(0);
          Run run = parse(json, Run.class);
          listener.changed(run, json);
          if (!run.isRunning()) {
            return run;
          }
        }
      }
    } catch (IOException e) {
      // The next request shows whether the server is still there.
    } finally {
      connection.disconnect();
    }
    String json = get(path);
    Run run = parse(json, Run.class);
    listener.changed(run, json);
    return run;
  }

  private static void pause() throws CommandFailedException {
    try {
      Thread.sleep(RECONNECT_MILLIS);
    } catch (InterruptedException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED, "Interrupted. The run continues on the server.");
    }
  }

  private String send(String method, String path, Object body) throws CommandFailedException {
    HttpURLConnection connection = open(method, path);
    try {
      if (body != null) {
        byte[] json = WRITER.asBytes(body);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(json);
      }
      requireSuccess(connection);
      return read(connection.getInputStream());
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /**
   * What became of an upload.
   *
   * @param added false if there was an identical set before
   */
  public record Uploaded(SetEntry set, boolean added) {}

  /** Sends a zip archive. */
  public Uploaded upload(String path, Path zip) throws CommandFailedException {
    HttpURLConnection connection = open("POST", path);
    try {
      connection.setReadTimeout(UPLOAD_TIMEOUT_MILLIS);
      connection.setRequestProperty("Content-Type", "application/zip");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(Files.size(zip));
      try (OutputStream out = connection.getOutputStream()) {
        Files.copy(zip, out);
      }
      requireSuccess(connection);
      return new Uploaded(
          parse(read(connection.getInputStream()), SetEntry.class),
          connection.getResponseCode() == HttpURLConnection.HTTP_CREATED);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private HttpURLConnection open(String method, String path) throws CommandFailedException {
    try {
      var connection =
          (HttpURLConnection) URI.create(url + '/' + path).toURL().openConnection(Proxy.NO_PROXY);
      connection.setRequestMethod(method);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestProperty("Accept", "application/json, application/health+json");
      if (token.isPresent()) {
        connection.setRequestProperty("Authorization", "Bearer " + token.get());
      }
      return connection;
    } catch (MalformedURLException e) {
      throw new CommandFailedException(ExitStatus.WRONG_USAGE, "PORTAL_URL: " + e.getMessage());
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private void requireSuccess(HttpURLConnection connection) throws CommandFailedException {
    try {
      int status = connection.getResponseCode();
      if (status < 200 || status >= 300) {
        throw refused(status, connection);
      }
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private CommandFailedException refused(int status, HttpURLConnection connection)
      throws IOException, CommandFailedException {
    InputStream body = connection.getErrorStream();
    Problem problem = parse(body == null ? "" : read(body), Problem.class);
    String detail = problem.detail() == null ? "HTTP status " + status + "." : problem.detail();
    List<String> lines = new ArrayList<>(ErrorFormatter.format(problem.errors()));
    if (lines.isEmpty()) {
      lines.add(detail);
    }
    if (status == 404) {
      lines.set(0, notFound(connection.getURL().getPath(), lines.get(0)));
    }
    if (status == 401) {
      lines.add(
          token.isPresent()
              ? "The server does not accept the admin token. Set PORTAL_ADMIN_TOKEN to the right one."
              : "There is no admin token. Set PORTAL_ADMIN_TOKEN or PORTAL_STATE_DIR.");
    }
    return new CommandFailedException(
        status == 400 ? ExitStatus.WRONG_USAGE : ExitStatus.FAILED, lines);
  }

  private static String notFound(String path, String otherwise) {
    if (path.contains("/api/stores/")) {
      return "There is no store. Set PORTAL_STORE and restart the server.";
    }
    for (String kind : List.of("set", "run")) {
      String prefix = "/api/" + kind + "s/";
      int start = path.indexOf(prefix);
      if (start >= 0) {
        String rest = path.substring(start + prefix.length());
        String[] parts = rest.split("/", 2);
        String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
        if (parts.length == 2 && parts[1].contains(".json")) {
          return "The set " + name + " has no file " + parts[1] + ".";
        }
        if (kind.equals("set") && name.equals("latest")) {
          return "There is no complete set. ./portal sets lists all sets.";
        }
        return "There is no "
            + kind
            + " "
            + name
            + (kind.equals("set")
                ? ". ./portal sets lists all sets."
                : ". ./portal runs lists the newest 100.");
      }
    }
    return otherwise;
  }

  private CommandFailedException lost(IOException e) {
    boolean neverAnswered =
        e instanceof ConnectException
            || e instanceof UnknownHostException
            || e instanceof NoRouteToHostException;
    String message;
    if (neverAnswered) {
      message = "No server is reachable at " + url + ". Start one with: ./portal serve";
    } else if (e instanceof SocketTimeoutException) {
      message = "The server at " + url + " does not answer: " + e.getMessage();
    } else {
      message = "The connection to " + url + " was lost: " + e.getMessage();
    }
    return new CommandFailedException(ExitStatus.NO_SERVER, message);
  }

  /** Reads an answer of the server. */
  public <T> T parse(String json, Class<T> type) throws CommandFailedException {
    try {
      T value = READER.beanFrom(type, json);
      if (value != null) {
        return value;
      }
    } catch (IOException e) {
      // Reported below without the text, since an answer that is not from a portal helps nobody.
    }
    throw notAPortal();
  }

  private CommandFailedException notAPortal() {
    return new CommandFailedException(
        ExitStatus.NO_SERVER,
        "The server at "
            + url
            + " is not a portal, or it is still starting: it did not answer with the expected JSON.");
  }

  private static String read(InputStream body) throws IOException {
    try (body) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

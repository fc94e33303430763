package org.aerpaw.portal.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Payara Micro with the portal in it, as a process of its own that ends with this one. */
final class PortalServer {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final ServerOutput output;
  private final Thread reader;
  private final URI url;

  private PortalServer(Process process, URI url) {
    this.process = process;
    this.url = url;
    output = new ServerOutput(process.getInputStream(), System.out);
    reader = new Thread(output, "server-output");
    reader.start();
  }

  /**
   * @param url what {@link #url(ServeOptions)} says
   * @param home the folder with {@code payara-micro.jar}, {@code ROOT.war} and the launcher's own
   *     jars
   * @param settings added to this process's environment
   * @param temporary the folder for its temporary files
   */
  static PortalServer start(
      URI url, Path home, ServeOptions options, Map<String, String> settings, Path temporary)
      throws StartFailedException {
    try {
      var builder = new ProcessBuilder(command(home, options, temporary)).redirectErrorStream(true);
      builder.environment().putAll(settings);
      options.loadFixtures().ifPresent(value -> builder.environment().put("LOAD_FIXTURES", value));
      return new PortalServer(builder.start(), url);
    } catch (IOException e) {
      throw new StartFailedException("The server cannot be started: " + e.getMessage(), e);
    }
  }

  /**
   * Where a client on this machine will reach it.
   *
   * @throws StartFailedException if somebody else serves there already
   */
  static URI url(ServeOptions options) throws StartFailedException {
    try {
      InetAddress address = InetAddress.getByName(options.address());
      try (var socket = new ServerSocket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, options.port()));
      }
      String host = address.isAnyLocalAddress() ? "127.0.0.1" : options.address();
      return URI.create(
          "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + options.port());
    } catch (UnknownHostException e) {
      throw new StartFailedException(
          "--address must be an address of this machine, not '" + options.address() + "'.", e);
    } catch (IOException e) {
      throw new StartFailedException(
          "The portal cannot serve on "
              + options.address()
              + ", port "
              + options.port()
              + ": "
              + e.getMessage()
              + ". Is another server running? --port chooses another port.",
          e);
    }
  }

  private static List<String> command(Path home, ServeOptions options, Path temporary)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + home.resolve("lib").resolve("portal-launcher.jar"));
    command.add("-Djava.io.tmpdir=" + temporary);
    // Before the portal is deployed, and where it failed to, nothing is ready.
    command.add("-Dmp.health.default.readiness.empty.response=DOWN");
    String javaOptions = System.getenv().getOrDefault("PORTAL_JAVA_OPTS", "").strip();
    if (!javaOptions.isEmpty()) {
      command.addAll(List.of(javaOptions.split("\\s+")));
    }
    command.addAll(
        List.of(
            "-jar",
            home.resolve("payara-micro.jar").toString(),
            "--nohazelcast",
            "--disablephonehome",
            "--logproperties",
            home.resolve("server-logging.properties").toString(),
            "--prebootcommandfile",
            settings(options, temporary).toString(),
            "--port",
            Integer.toString(options.port()),
            "--deploy",
            home.resolve("ROOT.war").toString()));
    return command;
  }

  /**
   * Payara Micro has no option for the address, and serves metrics to everybody unless told not to.
   */
  private static Path settings(ServeOptions options, Path temporary) throws IOException {
    Path file = temporary.resolve("preboot.asadmin");
    String config = "set configs.config.server-config.";
    return Files.writeString(
        file,
        config
            + "network-config.network-listeners.network-listener.http-listener.address="
            + options.address()
            + "\n"
            + config
            + "microprofile-metrics-configuration.enabled=false\n");
  }

  /**
   * Waits until the portal serves.
   *
   * @throws StartFailedException if it will not, with the reason that the server gave
   */
  void awaitReady() throws StartFailedException, InterruptedException {
    output.booted().await();
    if (!process.isAlive() || !isReady()) {
      throw new StartFailedException(
          output.reason().orElse("The server came up without the portal and gave no reason."));
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      HttpResponse<Void> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(url.resolve("/health/ready")).timeout(PATIENCE).build(),
                  HttpResponse.BodyHandlers.discarding());
      return answer.statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until the server has ended. */
  int awaitEnd() throws InterruptedException {
    int status = process.waitFor();
    reader.join();
    return status;
  }

  /** Asks the server to end, and does not take no for an answer. */
  void stop() {
    output.mute();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

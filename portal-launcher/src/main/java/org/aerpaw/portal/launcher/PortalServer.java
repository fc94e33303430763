package org.aerpaw.portal.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The process of Payara Micro with the portal, which ends with this process. */
final class PortalServer {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Process process;
  private final ServerOutput output;
  private final Thread reader;
  private final URI url;
  private final Path log;

  private PortalServer(Process process, URI url, Path log) throws IOException {
    this.process = process;
    this.url = url;
    this.log = log;
    output =
        new ServerOutput(
            process.getInputStream(),
            System.out,
            new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8));
    reader = new Thread(output, "server-output");
    reader.start();
  }

  /**
   * @param url the result of {@link #url(ServeOptions)}
   * @param home the directory with {@code payara-micro.jar}, {@code ROOT.war} and the launcher's
   *     jars
   * @param settings added to the environment of the server
   * @param temporary the directory for its temporary files
   * @param log the file for its output, which is overwritten
   */
  static PortalServer start(
      URI url,
      Path home,
      ServeOptions options,
      Map<String, String> settings,
      Path temporary,
      Path log)
      throws StartFailedException {
    try {
      var builder = new ProcessBuilder(command(home, options, temporary)).redirectErrorStream(true);
      builder.environment().putAll(settings);
      options.loadFixtures().ifPresent(value -> builder.environment().put("LOAD_FIXTURES", value));
      return new PortalServer(builder.start(), url, log);
    } catch (IOException e) {
      throw new StartFailedException("The server cannot be started: " + e.getMessage(), e);
    }
  }

  /**
   * The address for clients on this machine.
   *
   * @throws StartFailedException if the address cannot be used
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
    // Not ready before the portal is deployed, or if its deployment failed.
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
   * Sets what Payara Micro has no options for: the address, and metrics off, which would be public.
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
   * @throws StartFailedException with the reason of the server if it does not start
   */
  void awaitReady() throws StartFailedException, InterruptedException {
    output.booted().await();
    if (!process.isAlive() || !isReady()) {
      throw new StartFailedException(
          output.reason().orElse("The portal did not become ready, for an unknown reason.")
              + "\nDetails are in "
              + log
              + ".");
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      HttpResponse<Void> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(url.resolve("/health/ready")).timeout(TIMEOUT).build(),
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

  /** Stops the server, by force if it does not end in time. */
  void stop() {
    output.mute();
    process.destroy();
    try {
      if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

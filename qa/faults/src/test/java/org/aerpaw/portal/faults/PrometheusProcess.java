package org.aerpaw.portal.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aerpaw.portal.contract.Surroundings;

/** A Prometheus of Debian's package {@code prometheus} that scrapes a portal every second. */
final class PrometheusProcess implements AutoCloseable {

  private final Process process;
  private final URI address;

  private PrometheusProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * @param rules the file with the alert rules
   */
  static PrometheusProcess start(Path folder, Path rules, int portalPort) throws IOException {
    int port = Surroundings.freePort();
    Path configuration = folder.resolve("prometheus.yml");
    Files.writeString(
        configuration,
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: ["%s"]
        scrape_configs:
          - job_name: portal
            metrics_path: /api/metrics
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        """
            .formatted(rules, portalPort));
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    return new PrometheusProcess(process, URI.create("http://127.0.0.1:" + port + "/"));
  }

  /** The alerts as JSON; empty while it does not serve yet. */
  String alerts() throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(address.resolve("api/v1/alerts")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}

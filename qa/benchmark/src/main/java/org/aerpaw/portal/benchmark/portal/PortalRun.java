package org.aerpaw.portal.benchmark.portal;

import jakarta.json.JsonObject;
import java.time.Duration;

/**
 * A completed run.
 *
 * @param observed from the request of a client until it had ended
 * @param reported how long it took by the run itself
 */
public record PortalRun(Duration observed, Duration reported, JsonObject report) {

  public String set() {
    return report.getString("set");
  }

  public long count(String name) {
    return report.getJsonNumber(name).longValue();
  }
}

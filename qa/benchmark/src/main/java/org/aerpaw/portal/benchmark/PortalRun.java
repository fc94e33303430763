package org.aerpaw.portal.benchmark;

import jakarta.json.JsonObject;
import java.time.Duration;

/**
 * A completed run.
 *
 * @param observed from the request of a client until it had ended
 * @param reported how long it took by the run itself
 */
record PortalRun(Duration observed, Duration reported, JsonObject report) {

  String set() {
    return report.getString("set");
  }

  long count(String name) {
    return report.getJsonNumber(name).longValue();
  }
}

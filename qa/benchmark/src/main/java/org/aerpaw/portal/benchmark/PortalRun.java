package org.aerpaw.portal.benchmark;

import jakarta.json.JsonObject;
import java.time.Duration;

/**
 * A dump or a load that is done.
 *
 * @param seen from the request of a client until it had ended
 * @param told how long it took by the run itself
 */
record PortalRun(Duration seen, Duration told, JsonObject report) {

  String set() {
    return report.getString("set");
  }

  long count(String name) {
    return report.getJsonNumber(name).longValue();
  }
}

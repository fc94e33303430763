package org.aerpaw.portal.benchmark;

import jakarta.json.JsonObject;
import java.time.Duration;

/**
 * A dump or a load that is done.
 *
 * @param seen how long a client waited for it, from its request until it was told the end
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

package org.aerpaw.portal.servers.wildfly;

import java.nio.file.Path;
import org.aerpaw.portal.servers.ApplicationServer;
import org.aerpaw.portal.servers.SmokeContract;

/** The smoke test on WildFly. */
class WildFlyIT extends SmokeContract {

  @Override
  protected ApplicationServer server(Path folder) throws Exception {
    return new WildFly(folder);
  }
}

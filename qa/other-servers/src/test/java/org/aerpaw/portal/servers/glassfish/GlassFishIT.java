package org.aerpaw.portal.servers.glassfish;

import java.nio.file.Path;
import org.aerpaw.portal.servers.ApplicationServer;
import org.aerpaw.portal.servers.SmokeContract;

/** The smoke test on GlassFish. */
class GlassFishIT extends SmokeContract {

  @Override
  protected ApplicationServer server(Path folder) throws Exception {
    return new GlassFish(folder);
  }
}

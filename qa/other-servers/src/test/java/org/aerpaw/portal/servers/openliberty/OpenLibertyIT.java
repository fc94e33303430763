package org.aerpaw.portal.servers.openliberty;

import java.nio.file.Path;
import org.aerpaw.portal.servers.ApplicationServer;
import org.aerpaw.portal.servers.SmokeContract;

/** The smoke test on Open Liberty. */
class OpenLibertyIT extends SmokeContract {

  @Override
  protected ApplicationServer server(Path folder) throws Exception {
    return new OpenLiberty(folder);
  }
}

package org.aerpaw.portal.backup.dump.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program. */
public final class PortalVersion {

  private PortalVersion() {}

  /** The version that the build wrote to portal.properties. */
  public static String text() {
    var properties = new Properties();
    try (InputStream in = PortalVersion.class.getResourceAsStream("portal.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}

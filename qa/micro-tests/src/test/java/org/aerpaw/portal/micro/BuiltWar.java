package org.aerpaw.portal.micro;

import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What the build packed, under the name by which Payara Micro serves it at the root. */
final class BuiltWar {

  private BuiltWar() {}

  static WebArchive read() {
    return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
        .importFrom(new File(System.getProperty("portal.it.archive")))
        .as(WebArchive.class);
  }
}

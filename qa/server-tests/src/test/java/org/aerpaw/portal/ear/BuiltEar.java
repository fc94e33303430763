package org.aerpaw.portal.ear;

import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;

/** What the build packed. */
final class BuiltEar {

  private BuiltEar() {}

  static EnterpriseArchive read() {
    return ShrinkWrap.create(ZipImporter.class, "portal.ear")
        .importFrom(new File(System.getProperty("portal.it.archive")))
        .as(EnterpriseArchive.class);
  }
}

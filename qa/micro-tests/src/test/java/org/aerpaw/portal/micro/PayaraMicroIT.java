package org.aerpaw.portal.micro;

import org.aerpaw.portal.contract.PortalContract;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, on Payara Micro with the WAR that the build made. */
@ExtendWith(ArquillianExtension.class)
class PayaraMicroIT extends PortalContract {

  @Deployment(testable = false)
  static WebArchive portal() {
    return BuiltWar.read();
  }
}

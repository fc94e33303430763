package org.aerpaw.portal.ear;

import org.aerpaw.portal.contract.PortalContract;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, on Payara Server with the EAR that the build made. */
@ExtendWith(ArquillianExtension.class)
class PayaraServerIT extends PortalContract {

  @Deployment(testable = false)
  static EnterpriseArchive portal() {
    return BuiltEar.read();
  }
}

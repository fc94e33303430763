package org.aerpaw.portal.ear;

import org.aerpaw.portal.contract.RestoreContract;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dump and restore, on Payara Server with the EAR that the build made. */
@ExtendWith(ArquillianExtension.class)
class PayaraServerRestoreIT extends RestoreContract {

  @ArquillianResource private Deployer deployer;

  @Deployment(name = DEPLOYMENT, managed = false, testable = false)
  static EnterpriseArchive portal() {
    return BuiltEar.read();
  }

  @Override
  protected Deployer deployer() {
    return deployer;
  }
}

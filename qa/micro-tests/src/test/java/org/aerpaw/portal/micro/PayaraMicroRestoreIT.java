package org.aerpaw.portal.micro;

import org.aerpaw.portal.contract.RestoreContract;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dump and restore, on Payara Micro with the WAR that the build made. */
@ExtendWith(ArquillianExtension.class)
class PayaraMicroRestoreIT extends RestoreContract {

  @ArquillianResource private Deployer deployer;

  @Deployment(name = DEPLOYMENT, managed = false, testable = false)
  static WebArchive portal() {
    return BuiltWar.read();
  }

  @Override
  protected Deployer deployer() {
    return deployer;
  }
}

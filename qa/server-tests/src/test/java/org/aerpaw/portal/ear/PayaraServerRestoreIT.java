package org.aerpaw.portal.ear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.aerpaw.portal.contract.RestoreContract;
import org.aerpaw.portal.contract.Surroundings;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
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

  @Test
  void failedDeploymentShouldLeaveNoConnectionsToTheDatabase() throws Exception {
    Path broken = Surroundings.get().fixtures().resolve("broken.json");
    Files.writeString(broken, "[{");
    try {
      assertThatThrownBy(() -> deployer.deploy(DEPLOYMENT))
          .hasStackTraceContaining("PortalStartup");
    } finally {
      Files.delete(broken);
    }

    assertThat(connectionsOfThePortal()).isZero();
  }

  private static long connectionsOfThePortal() throws Exception {
    String sql =
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND application_name = 'portal'";
    try (var connection = Surroundings.get().database().connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}

package org.aerpaw.portal.ear;

import org.jboss.arquillian.container.spi.event.DeployDeployment;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * Deploys once more when Payara Server was not ready for the first deployment.
 *
 * <p>Payara answers to its administrator before its Jakarta Authentication provider can be created.
 * A deployment in that moment fails with a SecurityException from {@code
 * AuthConfigFactory.getFactory}, whatever the archive holds; the same deployment succeeds a moment
 * later. Every other failure is a failure of the archive, and is reported.
 */
public final class SecondDeployment implements LoadableExtension {

  private static final int INSIDE_ARQUILLIANS_CONTEXTS = -100;

  @Override
  public void register(ExtensionBuilder builder) {
    builder.observer(SecondDeployment.class);
  }

  public void deploy(
      @Observes(precedence = INSIDE_ARQUILLIANS_CONTEXTS)
          EventContext<DeployDeployment> deployment) {
    try {
      deployment.proceed();
    } catch (Exception e) {
      if (!serverWasNotReady(e)) {
        throw e;
      }
      System.err.println("Payara Server was not ready, deploying again after: " + e.getCause());
      deployment.proceed();
    }
  }

  private static boolean serverWasNotReady(Exception e) {
    return e.getCause() != null
        && String.valueOf(e.getCause().getMessage()).contains("java.lang.SecurityException");
  }
}

package org.aerpaw.portal.web;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the database answers. That its schema is there and the fixtures are loaded is why the
 * portal was deployed at all.
 */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {

  private static final Logger LOG = System.getLogger(DatabaseReadiness.class.getName());
  private static final int PATIENCE_SECONDS = 5;

  @Resource(lookup = "java:app/jdbc/portal")
  private DataSource database;

  @Override
  public HealthCheckResponse call() {
    boolean answers;
    try (var connection = database.getConnection()) {
      answers = connection.isValid(PATIENCE_SECONDS);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "the database is not available: {0}", e.getMessage());
      answers = false;
    }
    return HealthCheckResponse.named("database").status(answers).build();
  }
}

package org.aerpaw.portal.web.status;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.DatabaseError;
import org.aerpaw.portal.fixtures.database.PortalDatabase;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while all tables of the portal can be read. */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {

  private static final Logger LOG = System.getLogger(DatabaseReadiness.class.getName());
  private static final int TIMEOUT_SECONDS = 2;

  /** The SQLSTATE of a statement that was ended by the timeout. */
  private static final String CANCELLED = "57014";

  @Inject private PortalDatabase database;
  @Inject private ModelRegistry registry;

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("database");
    String table = "";
    try (var connection = database.connections().getConnection();
        var statement = connection.createStatement()) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      for (Model model : registry.models()) {
        table = model.sql();
        statement.execute("SELECT FROM " + table + " LIMIT 0");
      }
      return response.up().build();
    } catch (SQLException e) {
      DatabaseError error = DatabaseError.of(e);
      boolean locked = CANCELLED.equals(e.getSQLState());
      LOG.log(Level.WARNING, "not ready: {0}", locked ? table + " is locked" : error.describe());
      // Everybody may ask, so this does not name the server.
      String reason =
          switch (error.kind()) {
            case UNAVAILABLE -> "unavailable";
            case NO_FREE_CONNECTION -> "no database connection is free";
            case REFUSED -> locked ? table + " is locked" : error.describe();
          };
      return response.down().withData("reason", reason).build();
    }
  }
}

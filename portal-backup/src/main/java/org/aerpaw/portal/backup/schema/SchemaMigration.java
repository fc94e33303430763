package org.aerpaw.portal.backup.schema;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings a database's schema up to date: creates the portal's tables in an empty one, takes over
 * those that Django made as they are, and keeps our own tables in the schema {@code fixtures}.
 */
public final class SchemaMigration {

  private static final String SCHEMA = "fixtures";
  private static final String TAKEN_OVER_VERSION = "1";

  /** The number of an advisory lock: "migrate" in ASCII. */
  private static final long TURN = 0x6d696772617465L;

  private final DataSource database;
  private final Collection<Model> models;

  public SchemaMigration(DataSource database, ModelRegistry registry) {
    this.database = database;
    this.models = registry.models();
  }

  /**
   * Does nothing where nothing is to be done. Several instances may ask for it at once.
   *
   * @throws IllegalStateException if the database has some of the tables, but not as they are
   *     mapped
   */
  public void migrate() throws SQLException {
    try (Transaction turn = Transaction.begin(database)) {
      turn.query(row -> row.getString(1), "SELECT pg_advisory_xact_lock(?)", TURN);
      migrateInTurn();
    }
  }

  private void migrateInTurn() throws SQLException {
    Flyway portal =
        configure("db/migration", "portal_schema_history")
            .baselineVersion(TAKEN_OVER_VERSION)
            .load();
    if (portal.info().current() == null && hasTables()) {
      requireMappedSchema();
      portal.baseline();
    }
    portal.migrate();
    // The schema is not empty, as it holds the portal's history; of our own tables it has none yet.
    configure("db/fixtures", "schema_history")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    requireMappedSchema();
  }

  private FluentConfiguration configure(String location, String historyTable) {
    return Flyway.configure(SchemaMigration.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:" + location)
        .defaultSchema(SCHEMA)
        .table(historyTable);
  }

  private boolean hasTables() throws SQLException {
    try (Transaction transaction = Transaction.begin(database)) {
      for (Model model : models) {
        if (transaction.queryOne(
            row -> row.getBoolean(1), "SELECT to_regclass(?) IS NOT NULL", model.sql())) {
          return true;
        }
      }
      return false;
    }
  }

  private void requireMappedSchema() throws SQLException {
    try (Transaction transaction = Transaction.beginSnapshot(database)) {
      List<String> differences = SchemaValidator.differences(models, transaction);
      if (!differences.isEmpty()) {
        throw new IllegalStateException(
            "the database's tables differ from the portal's: " + String.join("; ", differences));
      }
    }
  }
}

package org.aerpaw.portal.backup.schema;

import com.fasterxml.jackson.databind.type.TypeFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.RolePrivileges;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.postgres.SessionSettings;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.TransactionPooling;
import org.aerpaw.portal.backup.postgres.checks.MissingPrivileges;
import org.aerpaw.portal.backup.postgres.checks.ReadOnlyDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Creates the portal's tables in an empty database, or uses those of a Django portal unchanged. The
 * tables of this program are in the schema {@code fixtures}.
 */
public final class SchemaMigration {

  private static final Logger LOG = System.getLogger(SchemaMigration.class.getName());

  private static final String SCHEMA = "fixtures";
  private static final String DJANGO_VERSION = "1";

  /** The tables in which Flyway records what it migrated. */
  private static final List<String> HISTORIES =
      List.of("fixtures.portal_schema_history", "fixtures.schema_history");

  /** The schemas with all of the portal's tables, whether the role may use them or not. */
  private static final String SCHEMAS =
      """
      SELECT nspname FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace n ON n.oid = relnamespace
      WHERE relname = ANY (?) AND relkind IN ('r', 'p') GROUP BY nspname HAVING count(*) = ?
      """;

  /** The key of the advisory lock: "migrate" in ASCII. */
  private static final long LOCK_KEY = 0x6d696772617465L;

  private final DataSource database;
  private final Collection<Model> models;

  public SchemaMigration(DataSource database, ModelRegistry registry) {
    this.database = database;
    this.models = registry.models();
  }

  /**
   * Updates the schema. Several servers may call this at the same time.
   *
   * @throws IllegalStateException if the database's tables differ from the portal's or are not in
   *     the search path, if the role lacks privileges, or if a proxy pools transactions
   */
  public void migrate() throws SQLException {
    if (TransactionPooling.isUsedBy(database)) {
      throw new IllegalStateException(
          "the connections to PostgreSQL go through a proxy that pools transactions, such as"
              + " PgBouncer with pool_mode = transaction; the locks and settings of a session do"
              + " not survive there. Connect to PostgreSQL itself, or set pool_mode = session for"
              + " this database");
    }
    try (Transaction lock = Transaction.begin(database)) {
      Optional<String> readOnly = ReadOnlyDatabase.reason(lock);
      requirePrivileges(lock, readOnly.isEmpty());
      requireSearchPath(lock);
      if (readOnly.isPresent()) {
        LOG.log(
            Level.WARNING,
            "the database is read-only ({0}): loads and trial restores are refused; dumps and"
                + " diffs work",
            readOnly.get());
        requireMappedSchema();
        return;
      }
      lock.query(row -> row.getString(1), "SELECT pg_advisory_xact_lock(?)", LOCK_KEY);
      migrateLocked(lock);
      reportMissingPrivileges();
    } finally {
      // Flyway reads its settings with Jackson. If that is the application server's, its cache of
      // Flyway's classes would keep this application in memory after an undeployment.
      TypeFactory.defaultInstance().clearCache();
    }
  }

  /** Names missing privileges, including those needed to see whether the tables exist. */
  private void requirePrivileges(Transaction transaction, boolean writable) throws SQLException {
    boolean hasOwnSchema =
        transaction.queryOne(
            row -> row.getBoolean(1),
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = ?)",
            SCHEMA);
    var missing = MissingPrivileges.of(transaction).onSchemas(List.of(SCHEMA), "USAGE");
    if (hasOwnSchema && missing.isEmpty()) {
      missing.onTables(HISTORIES, "SELECT");
      if (writable && !exists(HISTORIES.get(0), transaction)) {
        missing.onSchemas(List.of(SCHEMA), "CREATE");
      }
    }
    if (writable && !hasOwnSchema) {
      missing.onDatabase("CREATE");
    }
    if (!hasTables(transaction)) {
      Object[] tables = tables();
      List<String> hidden =
          transaction.query(
              row -> row.getString(1),
              SCHEMAS,
              transaction.connection().createArrayOf("text", tables),
              tables.length);
      missing.onSchemas(hidden, "USAGE");
      if (writable && hidden.isEmpty()) {
        missing.onSchemas(
            transaction.query(
                row -> row.getString(1), "SELECT coalesce(current_schema(), 'public')"),
            "USAGE",
            "CREATE");
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("the portal cannot start: " + missing.describe());
    }
  }

  private static boolean exists(String table, Transaction transaction) throws SQLException {
    return transaction.queryOne(
        row -> row.getBoolean(1), "SELECT to_regclass(?) IS NOT NULL", table);
  }

  /** A role may be meant for dumps only, so this does not stop the start. */
  private void reportMissingPrivileges() throws SQLException {
    try (Transaction transaction = Transaction.beginSnapshot(database)) {
      report(
          Level.WARNING,
          "dumps will be refused",
          RolePrivileges.missingForDump(models, transaction)
              .onTables(List.of("fixtures.run"), "SELECT", "INSERT", "UPDATE")
              .onTables(List.of("fixtures.state"), "SELECT", "INSERT", "UPDATE", "DELETE"));
      report(
          Level.INFO, "loads will be refused", RolePrivileges.missingForLoad(models, transaction));
      report(
          Level.INFO,
          "verifications will be refused",
          MissingPrivileges.of(transaction).onDatabase("CREATE"));
      SessionSettings.uncheckedConstraints(transaction)
          .ifPresent(why -> LOG.log(Level.WARNING, "loads will be refused: {0}", why));
    }
  }

  private static void report(Level level, String effect, MissingPrivileges missing) {
    if (!missing.isEmpty()) {
      LOG.log(level, "{0}: {1}", effect, missing.describe());
    }
  }

  private Object[] tables() {
    return models.stream().map(Model::table).distinct().toArray();
  }

  /** Without its tables in the search path, a portal would look empty and get new tables. */
  private void requireSearchPath(Transaction transaction) throws SQLException {
    Object[] tables = tables();
    List<String> statements =
        transaction.query(
            row -> row.getString(1),
            """
            SELECT format('the portal''s tables are in schema %1$s, which is not in the search path;'
              ' to change that: ALTER ROLE %2$I IN DATABASE %3$I SET search_path = %1$I, public',
              nspname, current_user, current_database())
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = relnamespace
            WHERE relname = ANY (?) AND relkind IN ('r', 'p') AND NOT pg_table_is_visible(c.oid)
            GROUP BY nspname HAVING count(*) = ?
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_class v
                WHERE v.relname = ANY (?) AND pg_table_is_visible(v.oid))
            """,
            transaction.connection().createArrayOf("text", tables),
            tables.length,
            transaction.connection().createArrayOf("text", tables));
    if (!statements.isEmpty()) {
      throw new IllegalStateException(statements.get(0));
    }
  }

  private void migrateLocked(Transaction lock) throws SQLException {
    Flyway portal =
        configure("db/migration", "portal_schema_history").baselineVersion(DJANGO_VERSION).load();
    if (portal.info().current() == null && hasTables(lock)) {
      requireMappedSchema();
      portal.baseline();
    }
    portal.migrate();
    // The schema contains the history of the portal's tables, but none of our own tables yet.
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

  private boolean hasTables(Transaction transaction) throws SQLException {
    return transaction.queryOne(
        row -> row.getBoolean(1),
        "SELECT EXISTS (SELECT FROM unnest(?) t WHERE to_regclass(quote_ident(t)) IS NOT NULL)",
        transaction.connection().createArrayOf("text", tables()));
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

package org.aerpaw.portal.backup.dump.snapshot;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * The database state that a dump reads.
 *
 * @param taken the snapshot time
 * @param wal the position in the write-ahead log
 * @param versions the versions of portal, PostgreSQL and schema
 */
public record Snapshot(Instant taken, String wal, Map<String, String> versions) {

  private static final String SNAPSHOT_INFO =
      "SELECT now(), current_setting('server_version'),"
          + " CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END::text,"
          + " to_regclass('fixtures.portal_schema_history') IS NOT NULL";

  private static final String SCHEMA_VERSION =
      "SELECT version FROM fixtures.portal_schema_history WHERE success AND version IS NOT NULL"
          + " ORDER BY installed_rank DESC LIMIT 1";

  public static Snapshot of(Transaction transaction) throws SQLException {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("portal", PortalVersion.text());
    boolean[] migrated = new boolean[1];
    Snapshot snapshot =
        transaction.queryOne(
            row -> {
              versions.put("postgresql", row.getString(2));
              migrated[0] = row.getBoolean(4);
              Instant taken =
                  row.getObject(1, OffsetDateTime.class).toInstant().truncatedTo(ChronoUnit.MILLIS);
              return new Snapshot(taken, row.getString(3), versions);
            },
            SNAPSHOT_INFO);
    if (migrated[0]) {
      versions.put("schema", transaction.queryOne(row -> row.getString(1), SCHEMA_VERSION));
    }
    return snapshot;
  }
}

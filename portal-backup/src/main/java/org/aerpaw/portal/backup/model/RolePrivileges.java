package org.aerpaw.portal.backup.model;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Finds privileges that the role of a connection lacks. docs/operations.md lists the needed ones.
 */
public final class RolePrivileges {

  private static final String MISSING_ON_TABLES =
      """
      SELECT string_agg(p, ', ' ORDER BY number), to_regclass(t)::text
      FROM unnest(?) t CROSS JOIN unnest(?) WITH ORDINALITY privilege (p, number)
      WHERE NOT has_table_privilege(to_regclass(t), p)
      GROUP BY 2 ORDER BY 2
      """;

  private static final String MAY_CREATE_TEMPORARY_TABLES =
      "SELECT has_database_privilege(current_database(), 'TEMPORARY')";

  private final Transaction transaction;

  public RolePrivileges(Transaction transaction) {
    this.transaction = transaction;
  }

  /** The missing privileges for dumps of these models, one sentence for each table. */
  public List<String> missingForDump(Collection<Model> models) throws SQLException {
    return missing(models, "SELECT");
  }

  /** The missing privileges for loads of these models, one sentence for each table. */
  public List<String> missingForLoad(Collection<Model> models) throws SQLException {
    List<String> missing = new ArrayList<>(missing(models, "SELECT", "INSERT", "UPDATE", "DELETE"));
    if (!transaction.queryOne(row -> row.getBoolean(1), MAY_CREATE_TEMPORARY_TABLES)) {
      missing.add("role " + role() + " lacks TEMPORARY on the database");
    }
    return missing;
  }

  private List<String> missing(Collection<Model> models, String... privileges) throws SQLException {
    Object[] tables =
        models.stream().flatMap(model -> model.tables().stream()).distinct().toArray();
    String role = role();
    return transaction.query(
        row -> "role " + role + " lacks " + row.getString(1) + " on " + row.getString(2),
        MISSING_ON_TABLES,
        array(tables),
        array(privileges));
  }

  private String role() throws SQLException {
    return transaction.queryOne(row -> row.getString(1), "SELECT current_user");
  }

  private Array array(Object[] texts) throws SQLException {
    return transaction.connection().createArrayOf("text", texts);
  }
}

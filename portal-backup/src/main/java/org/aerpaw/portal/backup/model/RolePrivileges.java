package org.aerpaw.portal.backup.model;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.checks.MissingPrivileges;

/**
 * Finds the privileges that the role of a connection needs for the tables of models, and lacks.
 * docs/operations.md lists them.
 */
public final class RolePrivileges {

  private RolePrivileges() {}

  /** The missing privileges for dumps of these models. */
  public static MissingPrivileges missingForDump(Collection<Model> models, Transaction transaction)
      throws SQLException {
    return MissingPrivileges.of(transaction).onTables(tables(models), "SELECT");
  }

  /** The missing privileges for loads of these models. */
  public static MissingPrivileges missingForLoad(Collection<Model> models, Transaction transaction)
      throws SQLException {
    return MissingPrivileges.of(transaction)
        .onTables(tables(models), "SELECT", "INSERT", "UPDATE", "DELETE")
        .onSequencesOf(models.stream().map(Model::sql).toList(), "SELECT", "UPDATE")
        .onTables(List.of("fixtures.loaded_content"), "SELECT", "INSERT")
        .onDatabase("TEMPORARY");
  }

  private static List<String> tables(Collection<Model> models) {
    return models.stream().flatMap(model -> model.tables().stream()).distinct().toList();
  }
}
